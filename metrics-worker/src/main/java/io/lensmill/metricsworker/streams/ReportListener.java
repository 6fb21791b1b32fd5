package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.MetricReport;
import java.util.Optional;

/**
 * Hears of the reports that this instance sends, on the stream thread: it must return at once and never fail. The
 * report is told before its transaction is committed. Should that be rolled back, it was told too early, and the next
 * report of its key takes its place.
 */
public interface ReportListener {

    /** Nobody listens. */
    ReportListener NONE = report -> {};

    /** Where the report will also be found, for its field objectKey; empty: nowhere. */
    default Optional<String> objectKey(MetricReport report) {
        return Optional.empty();
    }

    /** The report was sent; nobody changes it any more. */
    void reported(MetricReport report);
}
