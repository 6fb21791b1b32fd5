package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill collect}: makes a dataset of published images and their labels. */
@Command(
        name = "collect",
        description = {
            "Make a dataset of the images of a collection, with the labels that they brought or that came later.",
            "",
            "Images are read from their topic, as long as the broker keeps them; an image that was sent by its object"
                    + " key is read from the store. Training can go on with such a set: train classifier --start-from"
                    + " MODEL --labelled-dataset NAME."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lensmill collect survey/night-1 --dataset night-1 --labelled-only")
public final class CollectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COLLECTION", description = "The collection.")
    private String collection;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "Dataset to write; one of this name is replaced.")
    private String dataset;

    @Option(names = "--labelled-only", description = "Leave out images without a class.")
    private boolean labelledOnly;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        Checked.collection(spec.commandLine(), "COLLECTION", collection);
        Checked.name(spec.commandLine(), "--dataset", dataset);
        Connection resolved = connection.resolve();
        try (Broker broker =
                Connecting.to(spec.commandLine(), resolved.requireKafka(), List.of(Topics.IMAGES, Topics.LABELS))) {
            Collecting.into(
                    Screen.of(spec.commandLine()), broker, resolved.openStore(), collection, dataset, labelledOnly);
        }
        return CommandLine.ExitCode.OK;
    }
}
