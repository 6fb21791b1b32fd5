package io.lensmill.classifier.scoring;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.ImageRole;
import io.lensmill.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the message out of a score. Everything but the time follows from the image and the model. */
public final class ClassificationFactory {

    /** Attribute of a generated image that shows nothing, such as one of a single value. */
    public static final String NO_INFORMATION = "noInformation";

    private final Clock clock;

    public ClassificationFactory(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known of an image beside its pixels.
     *
     * @param imageId the image
     * @param collection its collection
     * @param role REAL or GENERATED
     * @param reference collection that its realism is measured against, or null
     * @param label true class in the model's spelling, or null
     * @param attributes the sender's own, echoed untouched
     */
    public record Subject(
            String imageId,
            String collection,
            ImageRole role,
            String reference,
            String label,
            Map<String, String> attributes) {

        /**
         * The same of a generated image that shows nothing. It is scored like any other: left out, it would flatter its
         * generator.
         */
        Subject withoutInformation() {
            Map<String, String> marked = new HashMap<>(attributes);
            marked.put(NO_INFORMATION, "true");
            return new Subject(imageId, collection, role, reference, label, marked);
        }
    }

    /** @param foreign of the same model; empty where it has none */
    public Classification make(Subject subject, Score score, ModelIdentity model, Optional<ForeignDetector> foreign) {
        return Classification.newBuilder()
                .setResultId(resultId(subject.imageId(), model.modelId(), subject.collection()))
                .setImageId(subject.imageId())
                .setCollection(subject.collection())
                .setRole(subject.role())
                .setReference(subject.reference())
                .setLabel(subject.label())
                .setModelId(model.modelId())
                .setExtractorId(model.extractorId())
                .setExtractorTrained(model.trained())
                .setScores(classScores(score.probabilities(), model.classes()))
                .setPredictedClass(model.classes().get(score.predicted()))
                .setEmbedding(littleEndian(score.embedding()))
                .setEmbeddingSize(score.embedding().length)
                .setForeignness(foreign.map(detector -> foreignness(detector.judge(score.looks())))
                        .orElse(null))
                .setClassifiedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setAttributes(subject.attributes())
                .build();
    }

    private static Foreignness foreignness(ForeignDetector.Verdict verdict) {
        return new Foreignness(verdict.distance(), verdict.percentile(), verdict.foreign(), verdict.falseAlarmRate());
    }

    /** SHA-256 over the three parts; a line feed parts them, which none of them may hold. */
    static String resultId(String imageId, String modelId, String collection) {
        String identity = imageId + "\n" + modelId + "\n" + collection;
        return Sha256.hex(identity.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ClassScore> classScores(float[] probabilities, List<String> classes) {
        List<ClassScore> scores = new ArrayList<>(probabilities.length);
        for (int i = 0; i < probabilities.length; i++) {
            scores.add(new ClassScore(classes.get(i), probabilities[i]));
        }
        return scores;
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.order(ByteOrder.BIG_ENDIAN);
    }
}
