package io.lensmill.metricsworker.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.lensmill.contracts.MetricReport;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.reports.RecordJson;
import io.lensmill.reports.chart.ReportPictures;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * A report as objects: {@code report.json}, with the field names of the schema, and beside it the pictures that its
 * numbers allow. The JSON is written last, so whoever sees it sees pictures that are not older.
 */
final class ReportFiles {

    static final String JSON_NAME = "report.json";

    private static final long MOST_JSON_BYTES = 16L * 1024 * 1024;

    private ReportFiles() {}

    static ObjectKey jsonKey(MetricReport report) {
        return key(report, JSON_NAME);
    }

    /** Whether the store has a later report of this key: another instance may have taken it over meanwhile. */
    static boolean isSuperseded(MetricReport report, ObjectStore store) throws IOException {
        try {
            ObjectKey key = jsonKey(report);
            JsonNode stored = BoundedJson.tree(key.toString(), store.get(key, MOST_JSON_BYTES));
            return Instant.parse(stored.path("emittedAt").asText()).isAfter(report.getEmittedAt());
        } catch (ObjectRefusedException | UnreadableJsonException | DateTimeException e) {
            // Nothing, no report of ours, or one that nobody can read: it is replaced.
            return false;
        }
    }

    /**
     * Writes the pictures, takes away those that this report has no more, and then writes the report.
     *
     * @param pictures as {@link ReportPictures#of} draws them
     */
    static void write(MetricReport report, Map<String, byte[]> pictures, ObjectStore store) throws IOException {
        for (String name : ReportPictures.names()) {
            byte[] picture = pictures.get(name);
            if (picture == null) {
                store.delete(key(report, name));
            } else {
                store.put(key(report, name), picture);
            }
        }
        store.put(jsonKey(report), (RecordJson.text(report) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectKey key(MetricReport report, String name) {
        String prefix = BucketLayout.reportPrefix(report.getModelId(), report.getCollection(), report.getWindow());
        return ObjectKey.of(prefix + name);
    }
}
