package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.metrics.classification.ProbabilityRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Turns the bytes of a Classification into an {@link Observation}, or says what is wrong with them. */
public final class ObservationReader {

    private static final int MAX_CLASSES = 100;
    private static final int MAX_NAME = 256;

    private final int maxDimensions;

    /** @param maxDimensions largest embedding taken */
    public ObservationReader(int maxDimensions) {
        this.maxDimensions = maxDimensions;
    }

    /**
     * @param message an Avro object container with one Classification
     * @throws RefusedException UNDECODABLE, INVALID_PARAMETER, WRONG_SHAPE (the embedding's size) or NOT_FINITE
     */
    public Observation read(byte[] message) throws RefusedException {
        Classification from = Envelope.decode(message, Classification.class);
        CollectionKey key = new CollectionKey(
                Names.requireId("modelId", from.getModelId()),
                Names.requireCollection("collection", from.getCollection()));
        List<String> classes =
                from.getScores().stream().map(ClassScore::getClassName).toList();
        requireClasses(classes, from.getPredictedClass());
        float[] embedding = embedding(from);
        return new Observation(
                key,
                Names.requireImageId(from.getImageId()),
                from.getRole() == ImageRole.GENERATED,
                from.getReference() == null ? "" : Names.requireCollection("reference", from.getReference()),
                from.getLabel() == null ? "" : requireName("label", from.getLabel()),
                new Extractor(requireName("extractorId", from.getExtractorId()), embedding.length),
                from.getExtractorTrained(),
                classes,
                probabilities(from.getScores()),
                from.getPredictedClass(),
                embedding,
                TimeSlices.of(from.getClassifiedAt().toEpochMilli()),
                foreignness(from.getForeignness()));
    }

    private static Optional<Observation.Foreignness> foreignness(Foreignness from) throws RefusedException {
        if (from == null) {
            return Optional.empty();
        }
        double rate = from.getFalseAlarmRate();
        if (!(rate > 0 && rate < 1)) {
            throw invalid("falseAlarmRate must be above 0 and below 1; got " + rate + ".");
        }
        return Optional.of(new Observation.Foreignness(from.getForeign(), rate));
    }

    private static void requireClasses(List<String> classes, String predicted) throws RefusedException {
        if (classes.isEmpty() || classes.size() > MAX_CLASSES || new HashSet<>(classes).size() < classes.size()) {
            throw invalid("scores must name 1 to " + MAX_CLASSES + " different classes; got " + classes.size() + ".");
        }
        for (String name : classes) {
            requireName("className", name);
        }
        if (!classes.contains(predicted)) {
            throw invalid("predictedClass must be one of the classes " + classes + ".");
        }
    }

    static String requireName(String field, String value) throws RefusedException {
        if (value.isEmpty() || value.length() > MAX_NAME || value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field + " must be 1 to " + MAX_NAME + " characters without control characters; got "
                    + value.length() + " characters.");
        }
        return value;
    }

    private static float[] probabilities(List<ClassScore> scores) throws RefusedException {
        float[] probabilities = new float[scores.size()];
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = scores.get(i).getProbability();
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw invalid("probability must be in [0, 1]; got " + probabilities[i] + ".");
            }
            sum += probabilities[i];
        }
        Optional<String> fault = ProbabilityRows.faultOfSum(sum);
        if (fault.isPresent()) {
            throw invalid(fault.get());
        }
        return probabilities;
    }

    private float[] embedding(Classification from) throws RefusedException {
        int size = from.getEmbeddingSize();
        ByteBuffer bytes = from.getEmbedding().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (size < 1 || size > maxDimensions || bytes.remaining() != size * Float.BYTES) {
            throw new RefusedException(
                    RefusalCode.WRONG_SHAPE,
                    "embedding must be 4 embeddingSize bytes with embeddingSize 1 to " + maxDimensions + "; got "
                            + bytes.remaining() + " bytes and embeddingSize " + size + ".");
        }
        float[] embedding = new float[size];
        bytes.asFloatBuffer().get(embedding);
        for (int i = 0; i < size; i++) {
            if (!Float.isFinite(embedding[i])) {
                throw new RefusedException(
                        RefusalCode.NOT_FINITE, "embedding must be finite; value " + i + " is " + embedding[i] + ".");
            }
        }
        return embedding;
    }

    private static RefusedException invalid(String detail) {
        return new RefusedException(RefusalCode.INVALID_PARAMETER, detail);
    }
}
