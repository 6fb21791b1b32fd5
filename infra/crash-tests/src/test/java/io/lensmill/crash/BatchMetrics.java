package io.lensmill.crash;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metrics of everything that stands on the topics, in one go from their beginning: repeats dropped by image, model
 * and collection, the rest folded into the plain accumulators. Knows nothing of streams, stores, windows and partials.
 */
final class BatchMetrics {

    private static final double SUM_TOLERANCE = 1e-3;

    private final Map<String, BatchCollection> collections = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private int refused;

    private BatchMetrics() {}

    /** The messages of a topic as they stand now. */
    static List<byte[]> messages(Broker broker, Topic topic) {
        List<byte[]> messages = new ArrayList<>();
        try (TopicReader reader = broker.readFromStart(topic)) {
            do {
                reader.poll(Duration.ofMillis(100)).forEach(record -> messages.add(record.value()));
            } while (!reader.caughtUp());
        }
        return messages;
    }

    /**
     * @param classifications messages
     * @param labels messages; the first of an image counts
     */
    static BatchMetrics of(List<byte[]> classifications, List<byte[]> labels) throws RefusedException {
        Map<String, String> labelOf = new HashMap<>();
        for (byte[] message : labels) {
            ImageLabel label = Envelope.decode(message, ImageLabel.class);
            labelOf.putIfAbsent(label.getImageId(), label.getLabel());
        }
        BatchMetrics metrics = new BatchMetrics();
        classifications.forEach(message -> metrics.add(message, labelOf));
        return metrics;
    }

    private void add(byte[] message, Map<String, String> labelOf) {
        Optional<Classification> decoded = decoded(message);
        if (decoded.isEmpty()) {
            refused++;
            return;
        }
        Classification result = decoded.get();
        String key = result.getModelId() + "/" + result.getCollection();
        BatchCollection collection = collections.computeIfAbsent(key, unused -> new BatchCollection());
        if (seen.add(key + "\0" + result.getImageId())) {
            collection.add(result, embedding(result), labelOf.get(result.getImageId()));
        } else {
            collection.addRepeat();
        }
    }

    /** Empty for what a worker must refuse. */
    private static Optional<Classification> decoded(byte[] message) {
        try {
            Classification result = Envelope.decode(message, Classification.class);
            double sum = result.getScores().stream()
                    .mapToDouble(ClassScore::getProbability)
                    .sum();
            boolean finite = true;
            for (float value : embedding(result)) {
                finite &= Float.isFinite(value);
            }
            return finite && Math.abs(sum - 1) < SUM_TOLERANCE ? Optional.of(result) : Optional.empty();
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static float[] embedding(Classification result) {
        FloatBuffer values =
                result.getEmbedding().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] embedding = new float[values.remaining()];
        values.get(embedding);
        return embedding;
    }

    int refused() {
        return refused;
    }

    Set<String> keys() {
        return collections.keySet();
    }

    long received() {
        return collections.values().stream()
                .mapToLong(BatchCollection::received)
                .sum();
    }

    /**
     * What the reports say that is not so.
     *
     * @param reports the newest of each model and collection
     * @return a line each; empty when all is well
     */
    List<String> differences(Map<String, MetricReport> reports) {
        List<String> differences = new ArrayList<>();
        if (!reports.keySet().equals(keys())) {
            differences.add("reports of " + reports.keySet() + ", not of " + keys());
        }
        collections.forEach((key, collection) -> {
            MetricReport report = reports.get(key);
            if (report != null) {
                String reference = report.getModelId() + "/" + collection.reference();
                new ReportCheck(key, report, collection, collections.get(reference)).run(differences);
            }
        });
        return differences;
    }
}
