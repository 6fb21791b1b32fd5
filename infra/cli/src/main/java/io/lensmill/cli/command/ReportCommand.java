package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Latest;
import io.lensmill.cli.report.ReportTable;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Topics;
import io.lensmill.reports.RecordJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill report}: the newest metrics of each collection. */
@Command(
        name = "report",
        description = "Show the newest metrics of each collection: AUC, accuracy, FID, RKE, RRKE.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill report",
            "  lensmill report --collection survey/night-1 --follow",
            "  lensmill report --json > reports.json"
        })
public final class ReportCommand implements Callable<Integer> {

    private static final List<String> WINDOWS = List.of("all", "last-hour");

    @Spec
    private CommandSpec spec;

    @Option(names = "--follow", description = "Go on and print each new report, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON: an array; with --follow one report per line.")
    private boolean json;

    @Option(names = "--collection", paramLabel = "C", description = "Only this collection. Default: all.")
    private String collection;

    @Option(
            names = "--window",
            paramLabel = "W",
            defaultValue = "all",
            description = "all: everything that was counted; last-hour: what was classified within the last 50 to 60"
                    + " minutes. Default: ${DEFAULT-VALUE}.")
    private String window;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        if (collection != null) {
            Checked.collection(spec.commandLine(), "--collection", collection);
        }
        if (!WINDOWS.contains(window)) {
            throw new ParameterException(
                    spec.commandLine(), "--window must be one of " + WINDOWS + "; got '" + window + "'.");
        }
        Screen screen = Screen.of(spec.commandLine());
        try (Broker broker = Connecting.to(
                        spec.commandLine(), connection.resolve().requireKafka(), List.of(Topics.REPORTS));
                Latest<MetricReport> latest = Latest.of(broker, Topics.REPORTS, MetricReport.class)) {
            print(screen, latest.byKey().values().stream().filter(this::asked).toList());
            while (follow) {
                latest.refresh().stream()
                        .map(latest.byKey()::get)
                        .filter(report -> report != null && asked(report))
                        .forEach(report -> print(screen, List.of(report)));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private boolean asked(MetricReport report) {
        return window.equals(report.getWindow()) && (collection == null || collection.equals(report.getCollection()));
    }

    private void print(Screen screen, List<MetricReport> reports) {
        if (json && follow) {
            reports.forEach(report -> screen.say(RecordJson.line(report)));
        } else if (json) {
            screen.say(RecordJson.text(reports));
        } else if (reports.isEmpty()) {
            screen.say("No report yet. Reports follow classifications: publish images with 'lensmill publish'.");
        } else {
            reports.forEach(report -> screen.say(ReportTable.of(report) + "\n"));
        }
    }
}
