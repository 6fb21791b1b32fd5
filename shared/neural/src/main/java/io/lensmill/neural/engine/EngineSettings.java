package io.lensmill.neural.engine;

import io.lensmill.neural.Precision;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which executor runs a network, and how exactly.
 *
 * @param executor who computes
 * @param precision number format inside the network; empty: bfloat16 where the processor is made for it, else float32
 */
public record EngineSettings(Executor executor, Optional<Precision> precision) {

    /** System property that names the executor: auto, onednn or deeplearning4j. */
    public static final String EXECUTOR_PROPERTY = "lensmill.engine.executor";
    /** System property that names the precision: auto, f32 or bf16. */
    public static final String PRECISION_PROPERTY = "lensmill.engine.precision";

    /** Who computes. */
    public enum Executor {
        /**
         * oneDNN where its library loads and ND4J runs on the CPU, but not on ARM processors with SVE; otherwise
         * Deeplearning4j.
         */
        AUTO,
        ONEDNN,
        DEEPLEARNING4J
    }

    /**
     * What the system properties, or else the environment ({@code LENSMILL_ENGINE_EXECUTOR},
     * {@code LENSMILL_ENGINE_PRECISION}), say.
     *
     * @throws IllegalArgumentException when a value is none of the allowed ones; names them
     */
    public static EngineSettings fromEnvironment() {
        return new EngineSettings(executor(setting(EXECUTOR_PROPERTY)), precision(setting(PRECISION_PROPERTY)));
    }

    /** @throws IllegalArgumentException when the name is none of auto, f32, bf16 */
    public static Optional<Precision> precision(String name) {
        if (name.equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Precision.values())
                .filter(p -> p.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(PRECISION_PROPERTY, "auto, f32 or bf16", name)));
    }

    private static Executor executor(String name) {
        return Arrays.stream(Executor.values())
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(EXECUTOR_PROPERTY, "auto, onednn or deeplearning4j", name));
    }

    private static String setting(String property) {
        String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
        String value = System.getProperty(property, System.getenv().getOrDefault(variable, "auto"));
        return value.trim().toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException unknown(String name, String allowed, String got) {
        return new IllegalArgumentException(name + " must be " + allowed + "; got '" + got + "'");
    }
}
