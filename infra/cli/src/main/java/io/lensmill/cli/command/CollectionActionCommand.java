package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.CollectionAction;
import io.lensmill.contracts.CollectionCommand;
import io.lensmill.contracts.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill collection}: closes a collection, opens it again or begins it anew. */
@Command(
        name = "collection",
        description = "Tell the metrics worker to close a collection, to open it again or to begin it anew. Images and"
                + " samples stay; only what is counted changes.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill collection close survey/night-1",
            "  lensmill collection reset generated/a --model train-7 --reason 'new run'"
        })
public final class CollectionActionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = {
                "close: send a last report, refuse what comes later; reopen: undo that; reset: forget what was"
                        + " counted, the same images may come again."
            })
    private CollectionAction action;

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "The collection.")
    private String collection;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "Only as this model sees it. Default: under every model.")
    private String model;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "asked for on the command line",
            description = "Why, for people. Default: ${DEFAULT-VALUE}.")
    private String reason;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        CommandLine commandLine = spec.commandLine();
        CollectionCommand message = CollectionCommand.newBuilder()
                .setCollection(Checked.collection(commandLine, "COLLECTION", collection))
                .setModelId(model == null ? null : Checked.name(commandLine, "--model", model))
                .setAction(action)
                .setReason(reason)
                .setSentAt(Instant.now())
                .build();
        try (Broker broker = Connecting.to(
                spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.COLLECTION_COMMANDS))) {
            broker.send(Topics.COLLECTION_COMMANDS, collection, message);
        }
        Screen.of(commandLine)
                .say("Told the metrics worker to " + action.name().toLowerCase(Locale.ROOT) + " " + collection
                        + "; 'lensmill report --collection " + collection + "' shows when it has.");
        return CommandLine.ExitCode.OK;
    }
}
