package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.report.ReportSettings;
import java.time.Duration;

/**
 * How the topology runs.
 *
 * @param partitions of the classifications topic: labels and orders are spread over as many
 * @param reportInterval time between two reports of a collection that grows
 * @param seenRetention how long an image is remembered, so that a repeat is recognised and a late label finds it, and a
 *     label for an image to come; a minute or more
 * @param maxDimensions largest embedding taken
 * @param foldRows embeddings that wait, as rows, until the matrices on disk are written anew
 * @param collectionsInMemory collections held ready at a time, per task
 * @param report contents of the reports
 */
public record TopologySettings(
        int partitions,
        Duration reportInterval,
        Duration seenRetention,
        int maxDimensions,
        int foldRows,
        int collectionsInMemory,
        ReportSettings report) {

    private static final Duration LONGEST_PARTIAL_INTERVAL = Duration.ofSeconds(1);

    public TopologySettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("The classifications topic must have partitions; got " + partitions);
        }
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

    /** How often the first level sends on what waits: twice per report interval, and at least once a second. */
    Duration partialInterval() {
        Duration half = reportInterval.dividedBy(2);
        return half.compareTo(LONGEST_PARTIAL_INTERVAL) < 0 ? half : LONGEST_PARTIAL_INTERVAL;
    }
}
