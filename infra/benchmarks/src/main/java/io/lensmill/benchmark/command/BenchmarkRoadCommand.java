package io.lensmill.benchmark.command;

import io.lensmill.benchmark.RandomClassifier;
import io.lensmill.benchmark.RoadBenchmark;
import io.lensmill.benchmark.RoadFigure;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.LocalStack;
import io.lensmill.local.StartFailure;
import io.lensmill.local.Worker;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark road}: images per second from topic to topic, beside the network alone. */
@Command(
        name = "road",
        description = "Measure the classifier worker from topic to topic, and the network alone in between: images per"
                + " second, and their ratio.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill benchmark road", "  lensmill benchmark road --network fast-64 --rounds 3 --json"})
public final class BenchmarkRoadCommand implements Callable<Integer> {

    private static final int LEAST_IMAGES = 1000;

    @Spec
    private CommandSpec spec;

    /** Lists the networks in --help. */
    static final class Networks implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RandomClassifier.values())
                    .map(RandomClassifier::id)
                    .iterator();
        }
    }

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "resnet34-64",
            completionCandidates = Networks.class,
            description =
                    "The network and the size of the images, one of ${COMPLETION-CANDIDATES}: the seeds' network at"
                            + " 64 or 150 px, or that of the preset 'fast'. Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Images of each round, at least " + LEAST_IMAGES + ". Default: ${DEFAULT-VALUE}.")
    private int images;

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
        require(images >= LEAST_IMAGES, "--images must be at least " + LEAST_IMAGES + "; got " + images);
        require(rounds > 0, "--rounds must be at least 1; got " + rounds);
        RandomClassifier classifier = classifier();
        Screen screen = Screen.of(spec.commandLine());
        try (BenchmarkStack stack = BenchmarkStack.start(Worker.CLASSIFIER)) {
            measure(screen, stack.servers(), classifier);
        } catch (StartFailure e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private void measure(Screen screen, LocalStack stack, RandomClassifier classifier) throws Exception {
        if (!json) {
            screen.say(RoadFigure.heading());
        }
        try (RoadBenchmark benchmark = new RoadBenchmark(stack, classifier)) {
            benchmark.warmUp(images);
            BenchmarkRounds.run(screen, json, rounds, () -> benchmark.round(images));
        }
    }

    private RandomClassifier classifier() {
        try {
            return RandomClassifier.of(network);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
