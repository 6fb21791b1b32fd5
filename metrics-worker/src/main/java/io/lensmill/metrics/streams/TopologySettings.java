package io.lensmill.metrics.streams;

import io.lensmill.metrics.report.ReportSettings;
import java.time.Duration;

/**
 * How the topology runs.
 *
 * @param reportInterval shortest time between two reports of a collection
 * @param seenRetention how long an image is remembered, so that a repeat is recognised; a minute or more
 * @param maxDimensions largest embedding taken
 * @param foldRows embeddings that wait, as rows, until the matrices on disk are written anew
 * @param collectionsInMemory collections held ready at a time, per task
 * @param report contents of the reports
 */
public record TopologySettings(
        Duration reportInterval,
        Duration seenRetention,
        int maxDimensions,
        int foldRows,
        int collectionsInMemory,
        ReportSettings report) {

    public TopologySettings {
        if (reportInterval.toMillis() < 10 || seenRetention.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "report-interval must be 10 ms or more and seen-retention a minute or more;" + " got "
                            + reportInterval + " and " + seenRetention + ".");
        }
        if (maxDimensions < 1 || foldRows < 1 || collectionsInMemory < 2) {
            throw new IllegalArgumentException(
                    "max-embedding-size and fold-rows must be 1 or more, collections-in-memory" + " 2 or more; got "
                            + maxDimensions + ", " + foldRows + " and " + collectionsInMemory + ".");
        }
    }
}
