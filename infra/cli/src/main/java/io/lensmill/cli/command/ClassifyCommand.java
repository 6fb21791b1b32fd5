package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.ImageOutcomes;
import io.lensmill.cli.messages.ImagePublisher;
import io.lensmill.cli.report.ScoreTable;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill classify}: asks the running workers what some images show. */
@Command(
        name = "classify",
        description = {
            "Ask the running workers what images (.npy, .npz, FITS, PNG) show.",
            "",
            "Each call is a collection of its own, 'cli/...': in the reports it stands apart from all others."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill classify lens.fits",
            "  lensmill classify night-1 --model classifier-20260101-120000-1f3a",
            "  lensmill classify night-1 --json | jq -r 'select(.predictedClass==\"vort\").imageId'"
        })
public final class ClassifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Image files, or folders of them.")
    private List<Path> paths;

    @Option(names = "--model", paramLabel = "ID", description = "Model to ask. Default: the newest.")
    private String model;

    @Option(names = "--json", description = "Print one JSON object a line for each image, in the order of their ids.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Give up after so long without any outcome. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws IOException {
        Checked.range(spec.commandLine(), "--timeout", timeoutSeconds, 1, 86_400);
        if (model != null) {
            Checked.name(spec.commandLine(), "--model", model);
        }
        Screen screen = Screen.of(spec.commandLine());
        ImageRound round = ImageRound.of(spec.commandLine(), paths);
        String collection = "cli/" + JobIds.fresh("classify");
        Map<String, Classification> results = new TreeMap<>();
        try (Broker broker = Connecting.to(
                        spec.commandLine(),
                        connection.resolve().requireKafka(),
                        List.of(Topics.IMAGES, Topics.CLASSIFICATIONS, Topics.DEAD_LETTERS));
                ImageOutcomes outcomes = ImageOutcomes.open(
                        broker,
                        collection,
                        round.ids()::contains,
                        result -> results.put(result.getImageId(), result))) {
            round.publish(screen, broker, new ImagePublisher(broker, collection, model), file -> Optional.empty());
            round.await(screen, outcomes, Duration.ofSeconds(timeoutSeconds));
            screen.say(
                    json
                            ? ScoreTable.jsonLines(results.values(), outcomes.refused())
                            : ScoreTable.of(results.values(), outcomes.refused()));
            return outcomes.refused().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
