package io.lensmill.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.fits.FitFile;
import io.lensmill.cli.fits.FitLine;
import io.lensmill.cli.fits.ResidualComparison;
import io.lensmill.cli.fits.ResidualPanels;
import io.lensmill.cli.report.ResidualTable;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.reports.chart.CumulativeChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill residuals}: what smooth lenses leave of images, against the same of simulated images. */
@Command(
        name = "residuals",
        description = "Compare what smooth lenses leave of images with what they leave of simulated ones, class by"
                + " class, and say by how much the simulated substructure is too weak or too strong. Both are files"
                + " that 'fit --out' wrote; fits that found no lens are left out and counted. Classes are the"
                + " folders no, sphere and vort that images lie in.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill fit night-1 --out fits.jsonl",
            "  lensmill simulate --prior prior.json --count 100 --validation-share 1 \\",
            "      --out lenses",
            "  lensmill fit lenses/val --out simulated.jsonl",
            "  lensmill residuals fits.jsonl --against simulated.jsonl --picture left.png"
        })
public final class ResidualsCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FITS", description = "Fits of images.")
    private Path fits;

    @Option(names = "--against", required = true, paramLabel = "FITS", description = "Fits of simulated images.")
    private Path against;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Write the cumulative distributions of each class as a PNG; replaced when it exists.")
    private Path picture;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        requireFile("FITS", fits);
        requireFile("--against", against);
        List<FitLine> images = FitFile.read(fits);
        List<FitLine> simulated = FitFile.read(against);
        ResidualComparison comparison = compared(images, simulated);
        Screen screen = Screen.of(spec.commandLine());
        if (json) {
            screen.say(JSON.writeValueAsString(comparison));
        } else {
            ResidualTable.of(comparison).forEach(screen::say);
        }
        if (picture != null) {
            draw(ResidualPanels.of(comparison, images, simulated));
        }
        return CommandLine.ExitCode.OK;
    }

    private void requireFile(String name, Path file) {
        if (!(Files.isRegularFile(file) && Files.isReadable(file))) {
            throw new ParameterException(
                    spec.commandLine(), name + " must be a readable file that 'fit --out' wrote; got " + file + ".");
        }
    }

    private ResidualComparison compared(List<FitLine> images, List<FitLine> simulated) {
        try {
            return ResidualComparison.of(images, simulated);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(fits + " and " + against + ": " + e.getMessage() + ".", e);
        }
    }

    private void draw(List<CumulativeChart.Panel> panels) {
        try {
            CumulativeChart.write(panels, picture);
        } catch (IOException e) {
            throw new CommandFailure("The picture could not be written to " + picture + ": " + e, e);
        }
    }
}
