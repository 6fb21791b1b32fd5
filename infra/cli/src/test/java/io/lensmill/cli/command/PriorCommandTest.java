package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.Lensmill;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.Range;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationPrior;
import io.lensmill.imaging.simulation.SimulationSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PriorCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void imagesBecomeFitsThePriorAndNewImages() throws Exception {
        // Given
        SimulationSettings known = SimulationModel.CHALLENGE.settings().withSize(75);
        LensSimulator simulator = new LensSimulator(known);
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 16; i++) {
            Files.write(images.resolve(i + ".npy"), NpyCodec.encode(simulator.simulate(LensClass.NO, 9, i)));
        }
        Path fits = folder.resolve("fits.jsonl");
        Path prior = folder.resolve("prior.json");
        Path again = folder.resolve("lenses");
        // When
        int fitted = run("fit", images.toString(), "--pixel-scale", "0.1", "--out", fits.toString());
        int estimated = run("prior", fits.toString(), "--out", prior.toString());
        int simulated =
                run("simulate", "--prior", prior.toString(), "--count", "2", "--seed", "3", "--out", again.toString());
        // Then
        assertThat(new int[] {fitted, estimated, simulated}).as(err.toString()).containsOnly(0);
        SimulationSettings found = SimulationPrior.read(prior).settings();
        assertThat(found.size()).isEqualTo(75);
        assertThat(found.fieldOfView()).isEqualTo(7.5);
        assertWithin(found.einsteinRadius(), 0.8, 1.75);
        assertThat(found.einsteinRadius().high() - found.einsteinRadius().low()).isGreaterThan(0.45);
        assertWithin(found.source().index(), 1.45, 1.55);
        assertWithin(found.source().radius(), 0.48, 0.52);
        assertWithin(found.source().distance(), 0, 0.6);
        assertWithin(found.shear().first(), -0.05, 0.35);
        assertThat(found.camera().psfFwhm()).isBetween(0.17, 0.23);
        double pixelArea = 0.1 * 0.1;
        assertThat(found.camera().sky() * pixelArea).isBetween(34.0, 46.0);
        assertThat(found.source().amplitude() * pixelArea).isBetween(340.0, 440.0);
        assertThat(Files.readString(again.resolve("parameters.json"))).contains("\"model\" : \"prior\"");
        assertThat(again.resolve("val/vort/00001.npy").toFile().exists()
                        || again.resolve("train/vort/00001.npy").toFile().exists())
                .isTrue();
    }

    @Test
    void whatIsNoFitAndTooFewFitsAreRefusedByLine() throws Exception {
        // Given
        Path broken =
                Files.writeString(folder.resolve("broken.jsonl"), "{\"version\": \"lensmill-fit-1\", \"image\": 3,");
        Path none = Files.writeString(folder.resolve("none.jsonl"), "");
        Path prior = Files.writeString(folder.resolve("prior.json"), "{\"version\": \"lensmill-prior-9\"}");
        // When, Then
        assertThat(run("prior", broken.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("broken.jsonl, line 1 cannot be used: it ends in the middle");
        assertThat(run("prior", none.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("at least 5 fits of status OK or POOR; got 0 of 0");
        assertThat(run("simulate", "--prior", prior.toString(), "--count", "2", "--out", "target/never"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("must have \"version\": \"lensmill-prior-1\"; got 'lensmill-prior-9'");
    }

    private static void assertWithin(Range range, double low, double high) {
        assertThat(range.low()).isGreaterThanOrEqualTo(low);
        assertThat(range.high()).isLessThanOrEqualTo(high);
    }

    private int run(String... arguments) {
        CommandLine lensmill = Lensmill.commandLine();
        lensmill.setOut(new PrintWriter(out, true));
        lensmill.setErr(new PrintWriter(err, true));
        return lensmill.execute(arguments);
    }
}
