package io.lensmill.cli.command;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationPrior;
import io.lensmill.imaging.simulation.SimulationRequest;
import io.lensmill.imaging.simulation.SimulationSettings;
import io.lensmill.imaging.simulation.SimulationWriter;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill simulate}: writes simulated lens images. */
@Command(
        name = "simulate",
        description = "Write simulated lens images of the classes no, sphere and vort into a folder that 'upload' and"
                + " 'publish' take.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill simulate --count 1000 --size 64 --seed 1 --out lenses",
            "  lensmill simulate --count 200 --model model-1 --validation-share 1 \\",
            "      --out night-1",
            "  lensmill simulate --prior prior.json --count 3000 --out lenses",
            "  lensmill simulate --again night-1/parameters.json --out night-1-again"
        })
public final class SimulateCommand implements Callable<Integer> {

    /** Lists the models in --help. */
    static final class Models implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SimulationModel.values())
                    .map(SimulationModel::id)
                    .iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--count", paramLabel = "N", description = "Images of each class, 1 to 100,000.")
    private Integer count;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write; must be empty.")
    private Path out;

    @Option(names = "--size", paramLabel = "S", description = "Edge in pixels. Default: the model's own.")
    private Integer size;

    @Option(
            names = "--seed",
            paramLabel = "K",
            defaultValue = "0",
            description = "Seed; the same seed gives the same images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "demo",
            completionCandidates = Models.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(
            names = "--substructure",
            paramLabel = "F",
            description = "Factor on the masses of the substructure. Default: the model's own.")
    private Double substructure;

    @Option(
            names = "--validation-share",
            paramLabel = "R",
            defaultValue = "0.2",
            description =
                    "Share of the images that goes to 'val' instead of 'train', 0 to 1. Default: ${DEFAULT-VALUE}.")
    private double validationShare;

    @Option(
            names = "--prior",
            paramLabel = "FILE",
            description = "Draw from the ranges of this file, which 'prior' wrote, instead of a model's.")
    private Path prior;

    @Option(
            names = "--again",
            paramLabel = "FILE",
            description = "Make a set once more from its parameters.json: the same images, whatever the model of"
                    + " that name is today. Only --out goes with it.")
    private Path again;

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = Screen.of(spec.commandLine());
        SimulationRequest request = request();
        long begin = System.nanoTime();
        try (Progress progress = screen.progress("simulating", "images", request.total())) {
            new SimulationWriter(request)
                    .write(out, Runtime.getRuntime().availableProcessors(), (done, total) -> progress.advance());
        } catch (DirectoryNotEmptyException e) {
            throw new CommandFailure("--out must be a new or empty folder; " + out + " holds files.", e);
        } catch (IOException e) {
            throw new CommandFailure("The images could not be written to " + out + ": " + FileFault.of(e), e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        screen.say("Wrote %d images of %d px to %s: %d for training and %d for validation of each class."
                .formatted(request.total(), request.settings().size(), out, request.train(), request.validation()));
        screen.say(String.format(Locale.ROOT, "%.0f images per second in %.1f s.", request.total() / seconds, seconds));
        return CommandLine.ExitCode.OK;
    }

    private SimulationRequest request() {
        CommandLine commandLine = spec.commandLine();
        if (again != null) {
            return requestOfSet(commandLine);
        }
        if (count == null) {
            throw new ParameterException(commandLine, "Missing required option: '--count=N' (or '--again=FILE')");
        }
        int validation = (int) Math.round(count * Checked.share(commandLine, "--validation-share", validationShare));
        try {
            SimulationRequest request =
                    new SimulationRequest(settings(commandLine), seed, count - validation, validation);
            SimulationRequest sized = size == null ? request : request.withSize(size);
            return substructure == null ? sized : sized.withSubstructure(substructure);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
    }

    private SimulationSettings settings(CommandLine commandLine) {
        if (prior == null) {
            return SimulationModel.of(model).settings();
        }
        if (commandLine.getParseResult().hasMatchedOption("--model")) {
            throw new ParameterException(commandLine, "--prior takes the place of --model; give one of them");
        }
        try {
            return SimulationPrior.read(prior).settings();
        } catch (IOException e) {
            throw new CommandFailure("--prior: " + e.getMessage(), e);
        }
    }

    private SimulationRequest requestOfSet(CommandLine commandLine) {
        List<String> others = Stream.of(
                        "--count", "--size", "--seed", "--model", "--prior", "--substructure", "--validation-share")
                .filter(option -> commandLine.getParseResult().hasMatchedOption(option))
                .toList();
        if (!others.isEmpty()) {
            throw new ParameterException(
                    commandLine,
                    "--again takes everything from the set's file; leave out " + String.join(", ", others));
        }
        try {
            return SimulationWriter.read(again);
        } catch (IOException e) {
            throw new CommandFailure("--again: " + e.getMessage(), e);
        }
    }
}
