package io.lensmill.crash;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.ArrayList;
import java.util.List;

/** All that a batch recomputation holds of one collection: every row, and the plain accumulators. */
final class BatchCollection {

    private final ClassificationAccumulator classification = new ClassificationAccumulator();
    private final List<EmbeddingRow> rows = new ArrayList<>();
    private long repeats;
    private long lateLabels;
    private String reference;

    /** @param lateLabel the label that came as a message of its own; null: none did */
    void add(Classification result, float[] embedding, String lateLabel) {
        List<String> classes =
                result.getScores().stream().map(ClassScore::getClassName).toList();
        float[] probabilities = new float[classes.size()];
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = result.getScores().get(k).getProbability();
        }
        String own = result.getLabel();
        lateLabels += own == null && lateLabel != null ? 1 : 0;
        classification.add(classes, probabilities, result.getPredictedClass(), own == null ? lateLabel : own);
        rows.add(EmbeddingRow.of(result.getImageId(), embedding));
        reference = result.getReference();
    }

    void addRepeat() {
        repeats++;
    }

    long received() {
        return rows.size() + repeats;
    }

    long counted() {
        return rows.size();
    }

    long repeats() {
        return repeats;
    }

    long lateLabels() {
        return lateLabels;
    }

    /** Null where there is none. */
    String reference() {
        return reference;
    }

    ClassificationAccumulator classification() {
        return classification;
    }

    /** So many rows of the lowest identities; all, where there are fewer. */
    List<EmbeddingRow> lowest(int limit) {
        return rows.stream().sorted().limit(limit).toList();
    }

    MomentAccumulator moments() {
        return moments(rows);
    }

    MomentAccumulator half(int number) {
        return moments(rows.stream().filter(row -> row.half() == number).toList());
    }

    private static MomentAccumulator moments(List<EmbeddingRow> of) {
        MomentAccumulator moments = new MomentAccumulator(of.get(0).values().length);
        of.forEach(row -> moments.add(row.values()));
        return moments;
    }
}
