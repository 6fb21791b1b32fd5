package io.lensmill.metrics.classification;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts of (true class, predicted class), by name. Order-free. */
public final class ConfusionMatrix {

    private static final int VERSION = 1;

    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    public void add(String trueClass, String predictedClass) {
        add(trueClass, predictedClass, 1);
    }

    private void add(String trueClass, String predictedClass, long count) {
        counts.computeIfAbsent(trueClass, name -> new TreeMap<>()).merge(predictedClass, count, Long::sum);
    }

    public void merge(ConfusionMatrix other) {
        other.counts.forEach((trueClass, row) -> row.forEach((predicted, count) -> add(trueClass, predicted, count)));
    }

    public long count(String trueClass, String predictedClass) {
        return counts.getOrDefault(trueClass, Map.of()).getOrDefault(predictedClass, 0L);
    }

    /** Labelled images. */
    public long total() {
        return counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Labelled images whose predicted class is the true one. */
    public long correct() {
        return counts.keySet().stream().mapToLong(name -> count(name, name)).sum();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(counts.size());
        counts.forEach((trueClass, row) -> {
            writer.text(trueClass).count(row.size());
            row.forEach((predicted, count) -> writer.text(predicted).count(count));
        });
        return writer.toBytes();
    }

    public static ConfusionMatrix fromBytes(byte[] state) {
        StateReader reader = new StateReader("a confusion matrix", state, VERSION);
        ConfusionMatrix matrix = new ConfusionMatrix();
        for (int rows = reader.size(2); rows > 0; rows--) {
            String trueClass = reader.text();
            for (int cells = reader.size(2); cells > 0; cells--) {
                matrix.add(trueClass, reader.text(), reader.count());
            }
        }
        reader.end();
        return matrix;
    }
}
