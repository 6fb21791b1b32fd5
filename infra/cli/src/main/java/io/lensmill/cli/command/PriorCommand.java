package io.lensmill.cli.command;

import io.lensmill.cli.fits.FitFile;
import io.lensmill.cli.fits.FitLine;
import io.lensmill.cli.fits.PriorEstimate;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.simulation.SimulationPrior;
import io.lensmill.imaging.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill prior}: what simulated lenses are to be drawn from, by fits of real ones. */
@Command(
        name = "prior",
        description =
                "Read the lines of JSON that 'fit' wrote, and write the ranges that 'simulate --prior' draws lenses"
                        + " from. The file is for people too: every number may be edited.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill fit night-1 --out fits.jsonl",
            "  lensmill prior fits.jsonl --out prior.json",
            "  lensmill simulate --prior prior.json --count 3000 --out lenses"
        })
public final class PriorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FITS", description = "File that 'fit --out' wrote.")
    private Path fits;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "prior.json",
            description = "File to write; replaced when it exists. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() {
        List<FitLine> lines = FitFile.read(fits);
        PriorEstimate estimate;
        SimulationSettings settings;
        try {
            estimate = PriorEstimate.of(lines);
            settings = estimate.settings();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(fits + ": " + FileFault.of(e), e);
        }
        String origin = "%d of %d fits of %s; substructure of the model challenge"
                .formatted(estimate.used(), lines.size(), fits.getFileName());
        try {
            new SimulationPrior(SimulationPrior.VERSION, origin, settings).write(out);
        } catch (IOException e) {
            throw new CommandFailure("The prior could not be written to " + out + ": " + FileFault.of(e), e);
        }
        Screen screen = Screen.of(spec.commandLine());
        screen.say(String.format(
                Locale.ROOT,
                "Wrote %s from %d of %d fits: Einstein radius %.2f to %.2f\", PSF %.3f\" wide.",
                out,
                estimate.used(),
                lines.size(),
                settings.einsteinRadius().low(),
                settings.einsteinRadius().high(),
                settings.camera().psfFwhm()));
        return CommandLine.ExitCode.OK;
    }
}
