package io.lensmill.classifier.scoring;

import java.util.List;

/**
 * What results say of the model that made them.
 *
 * @param modelId the model
 * @param extractorId identity of the embedding; embeddings of different extractors are never compared
 * @param trained false when the weights are the initial ones
 * @param classes class names in the order of the scores
 */
public record ModelIdentity(String modelId, String extractorId, boolean trained, List<String> classes) {

    /** Digits of the weights' SHA-256 that the extractor id holds: 64 bits, enough to tell any two models apart. */
    private static final int HASH_DIGITS = 16;

    public ModelIdentity {
        classes = List.copyOf(classes);
    }

    /**
     * @param weightsSha256 SHA-256 of the weights, hex
     * @param preprocessing id of the preprocessing
     * @param imageSize edge of the input image in pixels; features of the same weights differ with it
     */
    public static ModelIdentity of(
            String modelId,
            String weightsSha256,
            String preprocessing,
            int imageSize,
            boolean trained,
            List<String> classes) {
        String extractor =
                modelId + ":" + weightsSha256.substring(0, HASH_DIGITS) + ":" + preprocessing + "@" + imageSize;
        return new ModelIdentity(modelId, extractor, trained, classes);
    }
}
