package io.lensmill.benchmark.command;

import io.lensmill.benchmark.FitBenchmark;
import io.lensmill.benchmark.FitBenchmark.Coverage;
import io.lensmill.cli.command.Checked;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.fitting.MassModel;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark fit}: fits of simulated lenses whose parameters are known. */
@Command(
        name = "fit",
        description = "Fit simulated lenses whose parameters are known: images per second, and for each parameter how"
                + " often the interval of one standard error holds the truth (0.683 where errors are right).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill benchmark fit --images 1000", "  lensmill benchmark fit --model sie"})
public final class BenchmarkFitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "200",
            description = "Images, 1 to 100000. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "sis",
            description = "Galaxy: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private MassModel model;

    @Option(names = "--seed", paramLabel = "K", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        Checked.range(spec.commandLine(), "--images", images, 1, 100_000);
        Screen screen = Screen.of(spec.commandLine());
        FitBenchmark.Result result;
        try (Progress progress = screen.progress("fitting", "images", images)) {
            result = new FitBenchmark(model)
                    .run(images, seed, Runtime.getRuntime().availableProcessors(), (done, total) -> progress.advance());
        }
        screen.say(String.format(
                Locale.ROOT, "%d images, %.2f a second; %s", images, result.imagesPerSecond(), result.statuses()));
        screen.say("PARAMETER               WITHIN 1 SE    BIAS IN SE   MEAN SE");
        for (Coverage coverage : result.coverages()) {
            screen.say(String.format(
                    Locale.ROOT,
                    "%-24s %10.3f %13.3f   %.5f",
                    coverage.parameter().id(),
                    coverage.within(),
                    coverage.bias(),
                    coverage.error()));
        }
        return 0;
    }
}
