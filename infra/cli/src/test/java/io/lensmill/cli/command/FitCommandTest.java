package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void anImageWithoutLightIsNoFault() throws Exception {
        // Given
        Files.write(folder.resolve("dark.npy"), NpyCodec.encode(new FloatImage(60, 60, new float[3600])));
        // When
        int exit = fit(folder.toString());
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("NO_LIGHT", "1 fitted, 0 of them down to the noise.");
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
