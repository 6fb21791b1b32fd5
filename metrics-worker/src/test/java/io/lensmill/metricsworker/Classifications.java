package io.lensmill.metricsworker;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.metrics.ReferenceData;
import io.lensmill.metrics.realism.EmbeddingRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Classifications as the classifier worker would send them, out of the reference data. */
public final class Classifications {

    public static final List<String> CLASSES = List.of("no", "sphere", "vort");
    private static final float[][] PROBABILITIES = ReferenceData.probabilities();
    private static final int[] LABELS = ReferenceData.labels();

    private Classifications() {}

    /** Images 0 to count - 1 of a collection of real ones, labelled. */
    public static List<Classification> real(String model, String collection, int count) {
        List<EmbeddingRow> rows = ReferenceData.real();
        List<Classification> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(model, collection, i, rows.get(i).values())
                    .setLabel(CLASSES.get(LABELS[i]))
                    .build());
        }
        return messages;
    }

    /** Images 0 to count - 1 of a collection of generated ones. */
    public static List<Classification> generated(String model, String collection, String reference, int count) {
        List<EmbeddingRow> rows = ReferenceData.generated();
        List<Classification> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(model, collection, i, rows.get(i).values())
                    .setRole(ImageRole.GENERATED)
                    .setReference(reference)
                    .build());
        }
        return messages;
    }

    public static Classification.Builder message(String model, String collection, int i, float[] embedding) {
        float[] p = PROBABILITIES[i];
        int best = p[1] > p[0] ? 1 : 0;
        best = p[2] > p[best] ? 2 : best;
        // The reference data are rounded to two digits, to have ties; a classifier's add up.
        float sum = p[0] + p[1] + p[2];
        List<ClassScore> scores = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            scores.add(new ClassScore(CLASSES.get(k), p[k] / sum));
        }
        return Classification.newBuilder()
                .setResultId(model + collection + i)
                .setImageId(collection + "/" + i)
                .setCollection(collection)
                .setRole(ImageRole.REAL)
                .setModelId(model)
                .setExtractorId(model + ":weights:minmax-v1")
                .setScores(scores)
                .setPredictedClass(CLASSES.get(best))
                .setEmbedding(bytes(embedding))
                .setEmbeddingSize(embedding.length)
                .setClassifiedAt(Instant.EPOCH);
    }

    public static ByteBuffer bytes(float[] embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding);
        return bytes;
    }
}
