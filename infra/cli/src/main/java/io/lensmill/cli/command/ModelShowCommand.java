package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Models;
import io.lensmill.cli.report.ModelTable;
import io.lensmill.cli.report.RecordJson;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.ModelPublished;
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

/** {@code lensmill model show}: all that is known of one model. */
@Command(
        name = "show",
        description = "Print all that was published of a model.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ModelShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The model; 'lensmill models' lists them.")
    private String modelId;

    @Option(names = "--json", description = "Print the announcement as JSON.")
    private boolean json;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        try (Broker broker = Broker.connect(connection.resolve().requireKafka(), List.of(Topics.MODELS))) {
            ModelPublished model = Models.find(broker, modelId);
            Screen.of(spec.commandLine()).say(json ? RecordJson.text(model) : ModelTable.details(model));
        }
        return CommandLine.ExitCode.OK;
    }
}
