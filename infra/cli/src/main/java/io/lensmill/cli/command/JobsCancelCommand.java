package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.CancelRequest;
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

/** {@code lensmill jobs cancel}: asks a job to stop. */
@Command(
        name = "cancel",
        description = "Ask a job to stop. A job that has ended stays as it ended.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lensmill jobs cancel diffusion-20260101-120000-1f3a --reason 'wrong dataset'")
public final class JobsCancelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String jobId;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "cancelled from the command line",
            description = "Why; becomes part of the job's last message. Default: ${DEFAULT-VALUE}.")
    private String reason;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        CancelRequest request = CancelRequest.newBuilder()
                .setJobId(Checked.name(spec.commandLine(), "ID", jobId))
                .setReason(reason)
                .build();
        try (Broker broker = Connecting.to(
                spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.JOB_CANCELLATIONS))) {
            broker.send(Topics.JOB_CANCELLATIONS, jobId, request);
        }
        screen.say("Asked job " + jobId + " to stop; 'lensmill jobs' shows when it has.");
        return CommandLine.ExitCode.OK;
    }
}
