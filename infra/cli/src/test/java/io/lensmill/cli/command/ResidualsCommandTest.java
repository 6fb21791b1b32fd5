package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.Lensmill;
import io.lensmill.cli.fits.FitLine;
import io.lensmill.cli.fits.FitLine.Estimate;
import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.fitting.MassModel;
import io.lensmill.imaging.fitting.PixelNoise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResidualsCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aThirdOfTheMassesIsFoundInSimulatedImagesAndDrawn() throws Exception {
        // Given: two sets of other lenses, whose substructure differs by a factor of 3
        Path heavy = fits("heavy", "1", "1.5");
        Path light = fits("light", "2", "0.5");
        Path picture = folder.resolve("left.png");
        out.getBuffer().setLength(0);
        // When
        int exit = run("residuals", heavy.toString(), "--against", light.toString(), "--picture", picture.toString());
        int asJson = run("residuals", heavy.toString(), "--against", light.toString(), "--json");
        // Then
        assertThat(new int[] {exit, asJson}).as(err.toString()).containsOnly(0);
        String said = out.toString();
        assertThat(said)
                .contains("no: 12 images, 12 simulated", "95th percentile of smooth lenses (no) among the simulated")
                .contains("Simulated subhalos leave", "Simulated vortices leave", " times less than the images'");
        assertThat(said.substring(0, said.indexOf('{')).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        JsonNode classes =
                new ObjectMapper().readTree(said.substring(said.indexOf('{'))).get("classes");
        assertThat(classes).hasSize(3);
        assertThat(classes.get(0).get("verdict").asText()).startsWith("No difference shows");
        for (int i = 1; i < 3; i++) {
            JsonNode blur = classes.get(i).get("blurs").get(2);
            assertThat(blur.get("blurPixels").asInt()).isEqualTo(2);
            assertThat(blur.get("quotientLower").asDouble()).isLessThan(3);
            assertThat(blur.get("quotientUpper").asDouble()).isGreaterThan(3);
        }
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(3 * 620);
    }

    @Test
    void whatIsNoFileOfFitsIsRefusedByLineAndField() throws Exception {
        // Given
        String good = line();
        Path fits = Files.writeString(folder.resolve("fits.jsonl"), good);
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        Path negative = Files.writeString(folder.resolve("negative.jsonl"), good + good.replace("1.5]", "-2]"));
        Path nothing = Files.writeString(folder.resolve("null.jsonl"), "null\n");
        Path nameless = Files.writeString(folder.resolve("nameless.jsonl"), "{\"version\": \"lensmill-fit-1\"}\n");
        Path skyless = Files.writeString(folder.resolve("skyless.jsonl"), good.replace("\"sky\"", "\"ground\""));
        // When, Then
        assertRefused(fits, empty, "Both files must hold fits; got 1 of images and 0 of simulated ones.");
        assertRefused(
                fits,
                negative,
                "negative.jsonl, line 2: residualStrength must be 4 numbers of 0 or more, or none;"
                        + " got [1.0, 1.1, 1.2, -2.0].");
        assertRefused(nothing, fits, "null.jsonl, line 1 cannot be used: it is null. Each line must be a fit");
        assertRefused(nameless, fits, "line 1: a fit must have image, status, model and parameters; got image 'null'");
        assertRefused(
                fits,
                skyless,
                "skyless.jsonl, line 1: a fit with residualStrength must have noise and the"
                        + " parameters of its lens; got noise PixelNoise[constant=1.0, perIntensity=0.0], and no sky.");
    }

    @Test
    void aPictureThatCannotBeWrittenIsSaid() throws Exception {
        // Given
        Path fits = Files.writeString(folder.resolve("fits.jsonl"), line());
        // When
        int exit = run("residuals", fits.toString(), "--against", fits.toString(), "--picture", fits + "/left.png");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("unlabelled: 1 images, 1 simulated", "Too few fits to tell");
        assertThat(err.toString()).contains("The picture could not be written to " + fits);
    }

    /** A line of a fit, as 'fit' writes it. */
    private static String line() throws Exception {
        Map<String, Estimate> parameters = LensParameter.of(MassModel.SIS).stream()
                .collect(Collectors.toMap(LensParameter::id, unused -> new Estimate(1, 0.1)));
        FitLine line = new FitLine(
                FitLine.VERSION,
                "night-1/a.npy",
                FitStatus.OK,
                List.of(),
                "sis",
                0.05,
                150,
                1.0,
                new PixelNoise(1, 0),
                parameters,
                List.of(),
                List.of(1.0, 1.1, 1.2, 1.5));
        return new ObjectMapper().writeValueAsString(line) + "\n";
    }

    private void assertRefused(Path images, Path simulated, String reason) {
        assertThat(run("residuals", images.toString(), "--against", simulated.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(reason).doesNotContain("Exception");
    }

    /** Twelve lenses of each class with this factor on the masses, and what fits of them find. */
    private Path fits(String name, String seed, String factor) {
        Path images = folder.resolve(name);
        Path fits = folder.resolve(name + ".jsonl");
        int simulated =
                run(("simulate --model challenge --size 75 --count 12 --validation-share 1 --seed %s --substructure %s"
                                + " --out %s")
                        .formatted(seed, factor, images)
                        .split(" "));
        int fitted = run("fit", images.resolve("val").toString(), "--pixel-scale", "0.1", "--out", fits.toString());
        assertThat(new int[] {simulated, fitted}).as(err.toString()).containsOnly(0);
        return fits;
    }

    private int run(String... arguments) {
        CommandLine lensmill = Lensmill.commandLine();
        lensmill.setOut(new PrintWriter(out, true));
        lensmill.setErr(new PrintWriter(err, true));
        return lensmill.execute(arguments);
    }
}
