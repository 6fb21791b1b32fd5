package io.lensmill.benchmark.command;

import io.lensmill.benchmark.MetricsRoadBenchmark;
import io.lensmill.benchmark.MetricsRoadFigure;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.StartFailure;
import io.lensmill.local.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark metrics-road}: the metrics worker under a steady stream. */
@Command(
        name = "metrics-road",
        description = "Send classifications at a steady rate and follow the metrics worker's reports: records counted"
                + " per minute, how far apart reports are, processor time, memory and state on disk.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill benchmark metrics-road",
            "  lensmill benchmark metrics-road --rate 20000 --dimensions 128 --json"
        })
public final class BenchmarkMetricsRoadCommand implements Callable<Integer> {

    private static final int MOST_DIMENSIONS = 2048;
    private static final double SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Records per minute, at least 1. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "2",
            description = "How long, after 20 seconds that warm up; above 0. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--dimensions",
            paramLabel = "D",
            defaultValue = "512",
            description = "Size of the embeddings, 1 to " + MOST_DIMENSIONS + ". Default: ${DEFAULT-VALUE}.")
    private int dimensions;

    @Option(
            names = "--collections",
            paramLabel = "N",
            defaultValue = "1",
            description = "Generated collections beside the real one, at least 1. Default: ${DEFAULT-VALUE}.")
    private int collections;

    @Option(
            names = "--report-interval",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seconds between two reports of a collection. Default: ${DEFAULT-VALUE}.")
    private double reportInterval;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        require(rate > 0, "--rate must be at least 1; got " + rate);
        require(minutes > 0, "--minutes must be above 0; got " + minutes);
        require(
                dimensions > 0 && dimensions <= MOST_DIMENSIONS,
                "--dimensions must be 1 to " + MOST_DIMENSIONS + "; got " + dimensions);
        require(collections > 0, "--collections must be at least 1; got " + collections);
        require(reportInterval >= 0.1, "--report-interval must be at least 0.1; got " + reportInterval);
        var load = new MetricsRoadBenchmark.Load(
                rate, Duration.ofMillis((long) (minutes * SECONDS * 1000)), dimensions, collections);
        Duration interval = Duration.ofMillis((long) (reportInterval * 1000));
        List<String> options = List.of("-Dlensmill.metrics.report-interval=" + interval);
        try (BenchmarkStack stack = BenchmarkStack.start(Worker.METRICS, options);
                MetricsRoadBenchmark benchmark = new MetricsRoadBenchmark(stack.servers(), load)) {
            MetricsRoadFigure figure = measure(benchmark);
            Screen.of(spec.commandLine()).say(json ? figure.toJson() : figure.toText());
        } catch (StartFailure e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private MetricsRoadFigure measure(MetricsRoadBenchmark benchmark) throws Exception {
        long total = (long) (rate * (minutes + MetricsRoadBenchmark.WARM_UP.toSeconds() / SECONDS));
        try (Progress progress = Screen.of(spec.commandLine()).progress("counted", "records", total)) {
            return benchmark.run(counted -> progress.at(Math.min(counted, total), ""));
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
