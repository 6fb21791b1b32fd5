package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Models;
import io.lensmill.cli.report.ModelTable;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.reports.RecordJson;
import io.lensmill.reports.chart.LearningCurveChart;
import java.io.IOException;
import java.nio.file.Path;
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

    @Option(names = "--curve", paramLabel = "FILE", description = "Write the learning curve of a classifier as a PNG.")
    private Path curve;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws IOException {
        Connection servers = connection.resolve();
        ModelPublished model;
        try (Broker broker = Connecting.to(spec.commandLine(), servers.requireKafka(), List.of(Topics.MODELS))) {
            model = Models.find(broker, modelId);
        }
        Screen.of(spec.commandLine()).say(json ? RecordJson.text(model) : ModelTable.details(model));
        if (curve != null) {
            drawCurve(servers, model);
        }
        return CommandLine.ExitCode.OK;
    }

    private void drawCurve(Connection servers, ModelPublished model) throws IOException {
        byte[] description = new ModelFiles(servers.openStore()).read(model, ModelRelease.DESCRIPTION);
        try {
            LearningCurveChart.write(
                    modelId,
                    BoundedJson.tree("The description of model " + modelId, description)
                            .path("learningCurve"),
                    curve);
        } catch (UnreadableJsonException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage() + ".", e);
        }
    }
}
