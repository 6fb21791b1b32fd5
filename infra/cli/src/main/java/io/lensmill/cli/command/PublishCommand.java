package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.ImageFiles.ImageFile;
import io.lensmill.cli.messages.ImageOutcomes;
import io.lensmill.cli.messages.ImagePublisher;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill publish}: sends images to be classified. */
@Command(
        name = "publish",
        description =
                "Send images (.npy, .npz, FITS, PNG) to be classified. A file's id is its path below the folder named.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill publish night-1 --collection survey/night-1 --wait",
            "  lensmill publish night-1 --collection test --labels-from-folders --wait",
            "  lensmill publish lens.npy --collection inbox --label sphere"
        })
public final class PublishCommand implements Callable<Integer> {

    private static final int SHOWN_REFUSALS = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Image files, or folders of them.")
    private List<Path> paths;

    @Option(names = "--collection", required = true, paramLabel = "C", description = "Collection to report them in.")
    private String collection;

    @Option(names = "--labels-from-folders", description = "The folder that holds an image is its true class.")
    private boolean labelsFromFolders;

    @Option(names = "--label", paramLabel = "L", description = "True class of all images. Default: not known.")
    private String label;

    @Option(
            names = "--wait",
            description = "Wait until each image is classified or refused; exit code 1 when any is refused.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "With --wait: give up after so long without any outcome. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws IOException {
        check();
        Screen screen = Screen.of(spec.commandLine());
        ImageRound round = ImageRound.of(spec.commandLine(), paths);
        try (Broker broker = Connecting.to(
                        spec.commandLine(),
                        connection.resolve().requireKafka(),
                        List.of(Topics.IMAGES, Topics.CLASSIFICATIONS, Topics.DEAD_LETTERS));
                ImageOutcomes outcomes = ImageOutcomes.open(broker, collection, round.ids()::contains)) {
            round.publish(screen, broker, new ImagePublisher(broker, collection), this::labelOf);
            screen.say("Published " + round.ids().size() + " images in collection " + collection + ".");
            if (!wait) {
                return CommandLine.ExitCode.OK;
            }
            round.await(screen, outcomes, Duration.ofSeconds(timeoutSeconds));
            return summary(screen, outcomes);
        }
    }

    private void check() {
        CommandLine commandLine = spec.commandLine();
        Checked.collection(commandLine, "--collection", collection);
        Checked.range(commandLine, "--timeout", timeoutSeconds, 1, 86_400);
        if (label != null) {
            Checked.className(commandLine, "--label", label);
        }
        if (label != null && labelsFromFolders) {
            throw new ParameterException(commandLine, "Give --label or --labels-from-folders, not both.");
        }
    }

    private Optional<String> labelOf(ImageFile file) {
        return labelsFromFolders ? file.folder() : Optional.ofNullable(label);
    }

    private static int summary(Screen screen, ImageOutcomes outcomes) {
        screen.say(outcomes.classified().size() + " classified, "
                + outcomes.refused().size() + " refused.");
        outcomes.refused().entrySet().stream()
                .limit(SHOWN_REFUSALS)
                .forEach(refusal -> screen.say("  " + refusal.getKey() + ": " + refusal.getValue()));
        return outcomes.refused().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
