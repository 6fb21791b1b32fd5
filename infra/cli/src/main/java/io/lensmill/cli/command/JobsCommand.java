package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Latest;
import io.lensmill.cli.report.JobTable;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.Topics;
import io.lensmill.reports.RecordJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill jobs}: where every job stands. */
@Command(
        name = "jobs",
        description = "List the jobs, newest first, or cancel one.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = JobsCancelCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill jobs", "  lensmill jobs --json", "  lensmill jobs cancel diffusion-20260101-120000-1f3a"})
public final class JobsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the events as a JSON array.")
    private boolean json;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        try (Broker broker =
                        Connecting.to(spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.JOBS));
                Latest<JobEvent> latest = Latest.of(broker, Topics.JOBS, JobEvent.class)) {
            List<JobEvent> events = new ArrayList<>(latest.byKey().values());
            events.sort(Comparator.comparing(JobEvent::getOccurredAt).reversed());
            screen.say(json ? RecordJson.text(events) : JobTable.of(events));
        }
        return CommandLine.ExitCode.OK;
    }
}
