package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.LabelFile;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill label}: sends labels that became known after, or before, their images were classified. */
@Command(
        name = "label",
        description = "Send true classes of images that were published without them. They count in AUC, accuracy and"
                + " confusion, whether they come before or after the classification. A label that an image brought"
                + " along stays.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill label spectroscopy.csv", "  lensmill label spectroscopy.csv --collection survey/night-1"})
public final class LabelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "One image a line: its id, a comma or a tabulator, its class by any of its names.")
    private Path file;

    @Option(
            names = "--collection",
            paramLabel = "C",
            description = "Only for the images in this collection. Default: in all.")
    private String collection;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        if (collection != null) {
            Checked.collection(spec.commandLine(), "--collection", collection);
        }
        LabelFile told = LabelFile.read(file);
        Instant now = Instant.now();
        try (Broker broker =
                Connecting.to(spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.LABELS))) {
            for (LabelFile.Line line : told.labels()) {
                ImageLabel message = ImageLabel.newBuilder()
                        .setImageId(line.imageId())
                        .setCollection(collection)
                        .setLabel(line.label())
                        .setLabelledAt(now)
                        .build();
                broker.enqueue(Topics.LABELS, line.imageId(), Envelope.encode(message), Map.of());
            }
            broker.flush();
        }
        Screen.of(spec.commandLine())
                .say("Sent " + told.labels().size() + " labels"
                        + (told.headerLeftOut() ? "; header line left out." : "."));
        return CommandLine.ExitCode.OK;
    }
}
