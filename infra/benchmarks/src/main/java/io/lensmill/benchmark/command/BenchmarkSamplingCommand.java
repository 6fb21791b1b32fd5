package io.lensmill.benchmark.command;

import io.lensmill.benchmark.SamplingBenchmark;
import io.lensmill.benchmark.SamplingFigure;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.LocalStack;
import io.lensmill.local.StartFailure;
import io.lensmill.local.Worker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark sampling}: generation jobs beside the network alone. */
@Command(
        name = "sampling",
        description = "Measure generation jobs of the diffusion worker, and the network alone in between: images times"
                + " steps per second, and their ratio. The network is that of the preset 'fast', at 32 px.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill benchmark sampling", "  lensmill benchmark sampling --images 128 --rounds 3 --json"})
public final class BenchmarkSamplingCommand implements Callable<Integer> {

    private static final int MOST_STEPS = 1000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "256",
            description = "Images of each job, at least 1. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "50",
            description = "DDIM steps of each job, 1 to " + MOST_STEPS + ". Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds after one that warms up; the median counts. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "Print a JSON object per round, the median last.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        require(images > 0, "--images must be at least 1; got " + images);
        require(steps > 0 && steps <= MOST_STEPS, "--steps must be 1 to " + MOST_STEPS + "; got " + steps);
        require(rounds > 0, "--rounds must be at least 1; got " + rounds);
        Screen screen = Screen.of(spec.commandLine());
        try (BenchmarkStack stack = BenchmarkStack.start(Worker.DIFFUSION)) {
            measure(screen, stack.servers());
        } catch (StartFailure e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private void measure(Screen screen, LocalStack stack) throws Exception {
        if (!json) {
            screen.say(SamplingFigure.heading());
        }
        try (SamplingBenchmark benchmark = new SamplingBenchmark(stack)) {
            benchmark.round(images, steps);
            BenchmarkRounds.run(screen, json, rounds, () -> benchmark.round(images, steps));
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
