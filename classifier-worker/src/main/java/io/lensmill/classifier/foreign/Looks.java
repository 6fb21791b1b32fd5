package io.lensmill.classifier.foreign;

/**
 * What is known of an image when it is judged.
 *
 * @param embedding the network's, finite
 * @param texture of the prepared image, see {@link Texture}
 */
public record Looks(float[] embedding, float[] texture) {}
