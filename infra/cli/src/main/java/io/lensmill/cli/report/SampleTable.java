package io.lensmill.cli.report;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.Printable;
import java.util.List;
import java.util.Locale;

/** Generation jobs as lines of at most 80 columns, where the names are not longer themselves. */
public final class SampleTable {

    private static final String ROW = "%-36s %-9s %13s";

    private SampleTable() {}

    /** One line a job, and below it where its images are reported and which model made them. */
    public static String of(List<JobEvent> generations) {
        if (generations.isEmpty()) {
            return "No samples yet. Ask for some with 'lensmill generate'.";
        }
        StringBuilder table = new StringBuilder(ROW.formatted("JOB", "STATE", "IMAGES"));
        for (JobEvent event : generations) {
            String images = event.getStep() + "/" + event.getTotalSteps();
            table.append('\n')
                    .append(ROW.formatted(
                            Printable.line(event.getJobId()),
                            event.getState().name().toLowerCase(Locale.ROOT),
                            images));
            String collection = event.getResults().get("collection");
            if (collection != null) {
                table.append("\n    collection ")
                        .append(Printable.line(collection))
                        .append(", model ")
                        .append(Printable.line(event.getResults().getOrDefault("modelId", "not known")));
            }
        }
        return table.toString();
    }
}
