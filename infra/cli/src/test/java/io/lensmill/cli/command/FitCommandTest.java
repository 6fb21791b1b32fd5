package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.Lensmill;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitCommandTest {

    private static final LensSimulator CHALLENGE = new LensSimulator(SimulationModel.CHALLENGE);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLineOfJsonAndAPictureForEachImage() throws Exception {
        // Given
        write("no/a.npy", LensClass.NO, 1);
        write("vort/b.npy", LensClass.VORTEX, 2);
        Path fits = folder.resolve("fits.jsonl");
        // When
        int exit = fit(
                folder.toString(),
                "--out",
                fits.toString(),
                "--residuals",
                folder.resolve("left").toString());
        // Then
        assertThat(exit).as(err.toString()).isZero();
        List<String> lines = Files.readAllLines(fits);
        assertThat(lines).hasSize(2);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(line.get("image").asText()).isEqualTo("no/a.npy");
        assertThat(line.get("status").asText()).isEqualTo("OK");
        assertThat(line.get("parameters")
                        .get("einsteinRadiusArcsec")
                        .get("value")
                        .asDouble())
                .isBetween(0.9, 1.65);
        assertThat(line.get("covariance")).hasSize(14);
        assertThat(line.get("residualStrength")).hasSize(4);
        assertThat(line.get("remarks")).isEmpty();
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("remarks")).isNotEmpty();
        assertThat(ImageIO.read(folder.resolve("left/no/a.npy.png").toFile()).getWidth())
                .isGreaterThan(900);
        assertThat(out.toString().lines()).hasSize(4).allSatisfy(row -> assertThat(row.length())
                .isLessThanOrEqualTo(80));
    }

    @Test
    void aFileThatCannotBeFittedIsNamedAndTheOthersGoOn() throws Exception {
        // Given
        write("a.npy", LensClass.NO, 1);
        Files.writeString(folder.resolve("b.npy"), "no image");
        Files.write(folder.resolve("c.npy"), NpyCodec.encode(new FloatImage(8, 8, new float[64])));
        // When
        int exit = fit(folder.toString(), "--json");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(1).allSatisfy(line -> assertThat(line)
                .contains("\"version\":\"lensmill-fit-1\""));
        assertThat(err.toString()).contains("b.npy: ", "c.npy: A lens is fitted to images of 24 to 600 pixels");
    }

    @Test
    void noiseIsNoFaultAndAnEvenImageIsOne() throws Exception {
        // Given
        Random random = new Random(1);
        float[] noise = new float[3600];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        Files.write(folder.resolve("dark.npy"), NpyCodec.encode(new FloatImage(60, 60, noise)));
        Path even = folder.resolve("even.npy");
        Files.write(even, NpyCodec.encode(new FloatImage(60, 60, new float[3600])));
        // When
        int exit = fit(folder.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("NO_LIGHT", "1 fitted, 0 of them down to the noise.");
        assertThat(err.toString()).contains(even + ": No pixel differs from another");
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeTheWork() throws Exception {
        // Given
        write("a.npy", LensClass.NO, 1);
        Path file = Files.writeString(folder.resolve("file.txt"), "");
        // When, Then
        assertThat(fit(folder.toString(), "--out", file.resolve("fits.jsonl").toString()))
                .isEqualTo(1);
        assertThat(fit(folder.toString(), "--residuals", file.resolve("left").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("The fits could not be written to " + file, "The folder " + file)
                .doesNotContain("fitting");
    }

    @Test
    void twoImagesOfOneNameAreRefusedAndPicturesOfBeforeAreNoImages() throws Exception {
        // Given
        write("no/a.npy", LensClass.NO, 1);
        write("val/a.npy", LensClass.NO, 2);
        Path left = folder.resolve("no/left");
        // When, Then
        assertThat(fit(folder.resolve("no").toString(), folder.resolve("val").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("would both be called a.npy; name a folder above both.");
        for (int run = 0; run < 2; run++) {
            assertThat(fit(folder.resolve("no").toString(), "--residuals", left.toString()))
                    .isZero();
        }
        assertThat(left.resolve("a.npy.png")).exists();
    }

    @Test
    void theFitsHeaderSaysHowLargeAPixelIs() throws Exception {
        // Given: a FITS file that says 0.1, twice what is usual
        FloatImage image = CHALLENGE.simulate(LensClass.NO, 5, 1);
        Files.write(folder.resolve("a.fits"), fitsFile(image, 0.1));
        // When
        int exit = fit(folder.toString(), "--json");
        // Then
        assertThat(exit).as(err.toString()).isZero();
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("pixelScaleArcsec").asDouble()).isEqualTo(0.1);
        double truth = 2 * CHALLENGE.parameters(LensClass.NO, 5, 1).einsteinRadius();
        assertThat(line.at("/parameters/einsteinRadiusArcsec/value").asDouble()).isCloseTo(truth, within(0.02));
    }

    /** A header of one block, and 32-bit floating point pixels. */
    private static byte[] fitsFile(FloatImage image, double pixelScale) {
        String header = String.format("%-80s", "SIMPLE  =                    T")
                + String.format("%-80s", "BITPIX  =                  -32")
                + String.format("%-80s", "NAXIS   =                    2")
                + String.format("%-80s", "NAXIS1  =                  " + image.width())
                + String.format("%-80s", "NAXIS2  =                  " + image.height())
                + String.format("%-80s", "PIXSCALE=                  " + pixelScale)
                + "END";
        int block = 2880;
        int blocks = (image.pixels().length * Float.BYTES + block - 1) / block;
        ByteBuffer file = ByteBuffer.allocate(block * (1 + blocks));
        file.put(String.format("%-2880s", header).getBytes(StandardCharsets.US_ASCII));
        for (float pixel : image.pixels()) {
            file.putFloat(pixel);
        }
        return file.array();
    }

    private void write(String name, LensClass lensClass, int index) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, NpyCodec.encode(CHALLENGE.simulate(lensClass, 5, index)));
    }

    private int fit(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "fit";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        CommandLine lensmill = Lensmill.commandLine();
        lensmill.setOut(new PrintWriter(out, true));
        lensmill.setErr(new PrintWriter(err, true));
        return lensmill.execute(line);
    }
}
