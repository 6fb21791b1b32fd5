package io.lensmill.benchmark.command;

import io.lensmill.benchmark.MetricsBenchmark;
import io.lensmill.benchmark.MetricsFigure;
import io.lensmill.benchmark.MetricsPeer;
import io.lensmill.cli.command.Checked;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.Home;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.metrics.linear.LinearAlgebra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark metrics}: FID and exact RKE of many rows, beside NumPy and SciPy. */
@Command(
        name = "metrics",
        description =
                "Measure FID and the exact RKE mode counts of generated rows: seconds from the rows to the number;"
                        + " with --python in turns with NumPy and SciPy, and how many times as long these take.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill benchmark metrics",
            "  lensmill benchmark metrics --python pytorch/bin/python --rounds 7 --json"
        })
public final class BenchmarkMetricsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Rows of each of the two sets, 2 to 100000. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--dimensions",
            paramLabel = "D",
            defaultValue = "512",
            description = "Values of a row, 1 to 4096. Default: ${DEFAULT-VALUE}.")
    private int dimensions;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of each metric after two that warm up; the median counts. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "Interpreter that has numpy and scipy. Default: none.")
    private String python;

    @Option(names = "--json", description = "Print a JSON object per round, the median last.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Checked.range(spec.commandLine(), "--rows", rows, 2, 100_000);
        Checked.range(spec.commandLine(), "--dimensions", dimensions, 1, 4096);
        Checked.range(spec.commandLine(), "--rounds", rounds, 1, 1000);
        DMatrixRMaj generated = MetricsBenchmark.draw(rows, dimensions, 0, 1);
        DMatrixRMaj real = MetricsBenchmark.draw(rows, dimensions, 0.02, 2);
        Screen screen = Screen.of(spec.commandLine());
        try {
            if (python == null) {
                measure(screen, new MetricsBenchmark(generated, real, null));
            } else {
                besideNumPy(screen, generated, real);
            }
        } catch (IllegalStateException | IOException | UncheckedIOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private void besideNumPy(Screen screen, DMatrixRMaj generated, DMatrixRMaj real) throws Exception {
        Path script = Home.path().resolve("infra/benchmarks/metrics_numpy.py");
        TemporaryFolder folder = TemporaryFolder.create("lensmill-benchmark");
        try (MetricsPeer peer =
                MetricsPeer.start(python, script, folder.path(), generated, real, MetricsBenchmark.BANDWIDTHS)) {
            measure(screen, new MetricsBenchmark(generated, real, peer));
        } finally {
            folder.delete();
        }
    }

    private void measure(Screen screen, MetricsBenchmark benchmark) throws Exception {
        if (!json) {
            screen.say(MetricsFigure.heading());
        }
        for (MetricsBenchmark.Metric metric : MetricsBenchmark.Metric.values()) {
            benchmark.round(metric);
            benchmark.round(metric);
            BenchmarkRounds.run(screen, json, rounds, () -> benchmark.round(metric));
        }
        if (!json) {
            screen.say("by " + LinearAlgebra.get().name());
        }
    }
}
