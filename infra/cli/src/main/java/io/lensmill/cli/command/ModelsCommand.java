package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Models;
import io.lensmill.cli.report.ModelTable;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import io.lensmill.reports.RecordJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill models}: what has been trained. */
@Command(
        name = "models",
        description = "List the published models, newest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill models", "  lensmill models --json | jq -r '.[].modelId'"})
public final class ModelsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the announcements as a JSON array.")
    private boolean json;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        try (Broker broker =
                Connecting.to(spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.MODELS))) {
            List<ModelPublished> models = Models.newestFirst(broker);
            Screen.of(spec.commandLine()).say(json ? RecordJson.text(models) : ModelTable.of(models));
        }
        return CommandLine.ExitCode.OK;
    }
}
