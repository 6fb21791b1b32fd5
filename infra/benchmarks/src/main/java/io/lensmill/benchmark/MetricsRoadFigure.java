package io.lensmill.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the metrics road's benchmark found.
 *
 * @param sent records sent, those that warm up too
 * @param counted records that the last reports count
 * @param countedPerMinute records counted between two reports, the last of the warming up and the last of all, per
 *     minute between them
 * @param behindSeconds from the last record sent to the report that counts it
 * @param spacings milliseconds between two reports of a collection, ascending
 * @param processorSeconds of the worker, per 1,000 records
 * @param brokerProcessorSeconds of this process, which holds the broker and sends, per 1,000 records
 * @param stateBytes per store, on disk
 * @param residentMebibytes of the worker at the end; 0 where the system does not tell
 */
public record MetricsRoadFigure(
        long sent,
        long counted,
        double countedPerMinute,
        double behindSeconds,
        List<Long> spacings,
        double processorSeconds,
        double brokerProcessorSeconds,
        Map<String, Long> stateBytes,
        long residentMebibytes) {

    /** @param share 0.5: the median; 1: the largest */
    long spacing(double share) {
        return spacings.isEmpty() ? 0 : spacings.get((int) Math.ceil(share * spacings.size()) - 1);
    }

    /** One line of JSON. */
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"metrics-road\", \"sent\": %d, \"counted\": %d, \"countedPerMinute\": %.0f,"
                        + " \"behindSeconds\": %.1f, \"reports\": %d, \"spacingMillisMedian\": %d,"
                        + " \"spacingMillis95\": %d, \"spacingMillisLargest\": %d,"
                        + " \"processorSecondsPerThousand\": %.3f, \"brokerProcessorSecondsPerThousand\": %.3f,"
                        + " \"stateBytes\": {%s}, \"residentMebibytes\": %d}",
                sent,
                counted,
                countedPerMinute,
                behindSeconds,
                spacings.size() + 1,
                spacing(0.5),
                spacing(0.95),
                spacing(1),
                processorSeconds,
                brokerProcessorSeconds,
                stateBytes.entrySet().stream()
                        .map(store -> "\"" + store.getKey() + "\": " + store.getValue())
                        .collect(Collectors.joining(", ")),
                residentMebibytes);
    }

    /** Lines for people. */
    public String toText() {
        String stores = stateBytes.entrySet().stream()
                .map(store -> String.format(
                        Locale.ROOT, "%n  %-16s %10.1f MiB", store.getKey(), store.getValue() / 1024.0 / 1024))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "records sent          %,12d%n"
                        + "records counted       %,12d%n"
                        + "counted per minute    %,12.0f%n"
                        + "last one reported     %,12.1f s after it was sent%n"
                        + "reports               %,12d, %d ms apart (median), %d (95th percentile), %d (largest)%n"
                        + "processor, worker     %,12.3f s per 1,000 records%n"
                        + "processor, broker     %,12.3f s per 1,000 records%n"
                        + "memory, worker        %,12d MiB resident%n"
                        + "state on disk%s",
                sent,
                counted,
                countedPerMinute,
                behindSeconds,
                spacings.size() + 1,
                spacing(0.5),
                spacing(0.95),
                spacing(1),
                processorSeconds,
                brokerProcessorSeconds,
                residentMebibytes,
                stores);
    }
}
