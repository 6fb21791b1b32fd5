package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Latest;
import io.lensmill.cli.report.SampleTable;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.Topics;
import io.lensmill.reports.RecordJson;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill samples list}: the generation jobs and what they made. */
@Command(
        name = "list",
        description = "List the generation jobs, newest first: images, collection and model.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SamplesListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the newest events as a JSON array.")
    private boolean json;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        try (Broker broker =
                        Connecting.to(spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.JOBS));
                Latest<JobEvent> latest = Latest.of(broker, Topics.JOBS, JobEvent.class)) {
            List<JobEvent> generations = latest.byKey().values().stream()
                    .filter(event -> event.getKind() == JobKind.GENERATION)
                    .sorted(Comparator.comparing(JobEvent::getOccurredAt).reversed())
                    .toList();
            Screen.of(spec.commandLine()).say(json ? RecordJson.text(generations) : SampleTable.of(generations));
        }
        return CommandLine.ExitCode.OK;
    }
}
