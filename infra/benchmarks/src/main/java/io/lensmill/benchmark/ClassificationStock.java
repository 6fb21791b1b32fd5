package io.lensmill.benchmark;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageRole;
import io.lensmill.neural.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of one collection, written in advance, of which any number can be taken cheaply: each is a copy of one in
 * stock under an image id of its own.
 */
final class ClassificationStock {

    static final String MODEL = "benchmark-metrics";
    static final String REAL = "benchmark/real";

    private static final List<String> CLASSES = List.of("no", "sphere", "vort");
    private static final int ID_DIGITS = 12;
    private static final String ID = "image-" + "0".repeat(ID_DIGITS);

    /** A message under this key. */
    record Message(String key, byte[] value) {}

    private final List<byte[]> stock = new ArrayList<>();
    private final int idEnd;
    private long taken;

    /**
     * @param collection its name; all but {@link #REAL} are generated, and compared with it
     * @param dimensions size of the embeddings
     * @param different messages in stock: more than the dimensions, or every covariance is singular
     */
    ClassificationStock(String collection, int dimensions, int different) {
        CounterRandom random = new CounterRandom(collection.hashCode());
        for (int i = 0; i < different; i++) {
            stock.add(Envelope.encode(message(collection, dimensions, random)));
        }
        idEnd = end(stock.get(0));
    }

    private static Classification message(String collection, int dimensions, CounterRandom random) {
        boolean real = collection.equals(REAL);
        int trueClass = random.nextInt(CLASSES.size());
        float[] embedding = new float[dimensions];
        random.fillGaussian(embedding);
        for (int k = 0; k < dimensions; k++) {
            // Pooled rectified features: none below 0, of unequal scale, and shifted by class.
            embedding[k] = Math.abs(embedding[k]) * (0.2f + 0.8f * k / dimensions) + 0.3f * trueClass;
        }
        float[] scores = new float[CLASSES.size()];
        random.fillGaussian(scores);
        scores[trueClass] += 2;
        softmax(scores);
        return Classification.newBuilder()
                .setResultId("0".repeat(64))
                .setImageId(ID)
                .setCollection(collection)
                .setRole(real ? ImageRole.REAL : ImageRole.GENERATED)
                .setReference(real ? null : REAL)
                .setLabel(real ? CLASSES.get(trueClass) : null)
                .setModelId(MODEL)
                .setExtractorId(MODEL + ":weights:minmax-v1")
                .setScores(List.of(
                        new ClassScore(CLASSES.get(0), scores[0]),
                        new ClassScore(CLASSES.get(1), scores[1]),
                        new ClassScore(CLASSES.get(2), scores[2])))
                .setPredictedClass(CLASSES.get(highest(scores)))
                .setEmbedding(bytes(embedding))
                .setEmbeddingSize(dimensions)
                .setClassifiedAt(Instant.now())
                .build();
    }

    private static void softmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) (Math.exp(logits[k]) / sum);
        }
    }

    private static int highest(float[] scores) {
        int best = scores[1] > scores[0] ? 1 : 0;
        return scores[2] > scores[best] ? 2 : best;
    }

    private static ByteBuffer bytes(float[] embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding);
        return bytes;
    }

    /** Where the image id ends in each message: all before it is of one length. */
    private static int end(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.indexOf(ID) + ID.length();
    }

    /** The next message, under the next number. */
    Message take() {
        byte[] value = stock.get((int) (taken % stock.size())).clone();
        long rest = taken++;
        for (int i = 1; i <= ID_DIGITS; i++, rest /= 10) {
            value[idEnd - i] = (byte) ('0' + rest % 10);
        }
        return new Message(new String(value, idEnd - ID.length(), ID.length(), StandardCharsets.ISO_8859_1), value);
    }
}
