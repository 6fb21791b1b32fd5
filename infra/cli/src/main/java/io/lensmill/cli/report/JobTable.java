package io.lensmill.cli.report;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Printable;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Jobs as a table of at most 80 columns. */
public final class JobTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Set<JobState> NEEDS_REASON =
            EnumSet.of(JobState.FAILED, JobState.CANCELLED, JobState.REJECTED);
    private static final String ROW = "%-35s %-9s %12s  %s";

    private JobTable() {}

    /** One line a job, newest event of each; for those that did not succeed the reason below. */
    public static String of(List<JobEvent> events) {
        if (events.isEmpty()) {
            return "No job yet. Ask for one with 'lensmill train' or 'lensmill generate'.";
        }
        StringBuilder table = new StringBuilder(ROW.formatted("JOB", "STATE", "STEP", "LAST NEWS (UTC)"));
        for (JobEvent event : events) {
            table.append('\n').append(row(event));
            if (NEEDS_REASON.contains(event.getState()) && !event.getMessage().isBlank()) {
                table.append('\n').append(Paragraph.indented(event.getMessage(), 4));
            }
        }
        return table.toString();
    }

    private static String row(JobEvent event) {
        String steps = event.getTotalSteps() > 0
                ? event.getStep() + "/" + event.getTotalSteps()
                : Long.toString(event.getStep());
        return ROW.formatted(
                Printable.line(event.getJobId()),
                event.getState().name().toLowerCase(Locale.ROOT),
                steps,
                TIME.format(event.getOccurredAt()));
    }
}
