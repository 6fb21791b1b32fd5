package io.lensmill.cli.demo;

import io.lensmill.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * The numbers of one demo, from {@code presets/<name>.properties}, where each has its reason beside it.
 *
 * @param name the preset
 * @param imageSize edge of the simulated images in pixels
 * @param trainPerClass images per class to train on
 * @param validationPerClass images per class that the trainings check themselves on
 * @param heldOutPerClass images per class that no training sees; they are published and judged
 * @param classifierPreset preset of the classifier's training
 * @param diffusionPreset preset of the diffusion model's training
 * @param generated images to generate
 * @param samplerSteps DDIM steps
 * @param trainingLimit time that either training may take
 * @param stageLimit time that any other stage may take
 */
public record DemoPreset(
        String name,
        int imageSize,
        int trainPerClass,
        int validationPerClass,
        int heldOutPerClass,
        String classifierPreset,
        String diffusionPreset,
        int generated,
        int samplerSteps,
        Duration trainingLimit,
        Duration stageLimit) {

    /** Names of all presets. */
    public static final List<String> NAMES = List.of("smoke", "demo");

    /** @throws CommandFailure when there is no preset of this name */
    public static DemoPreset load(String name) {
        if (!NAMES.contains(name)) {
            throw new CommandFailure("--preset must be one of " + NAMES + "; got '" + name + "'.");
        }
        Properties p = read("/presets/" + name + ".properties");
        return new DemoPreset(
                name,
                number(p, "image-size"),
                number(p, "train-per-class"),
                number(p, "validation-per-class"),
                number(p, "held-out-per-class"),
                text(p, "classifier-preset"),
                text(p, "diffusion-preset"),
                number(p, "generated"),
                number(p, "sampler-steps"),
                Duration.ofSeconds(number(p, "training-limit-seconds")),
                Duration.ofSeconds(number(p, "stage-limit-seconds")));
    }

    private static Properties read(String resource) {
        Properties properties = new Properties();
        try (InputStream in = DemoPreset.class.getResourceAsStream(resource)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + resource, e);
        }
        return properties;
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(text(properties, key));
    }

    private static String text(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The preset lacks " + key);
        }
        return value.trim();
    }
}
