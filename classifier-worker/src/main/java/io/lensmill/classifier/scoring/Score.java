package io.lensmill.classifier.scoring;

import io.lensmill.classifier.foreign.Looks;

/**
 * What a network says of one image.
 *
 * @param probabilities softmax over the classes, in the model's order; they sum to 1
 * @param looks the embedding, which is the pooled features of the network's last stage, and the image's texture
 */
public record Score(float[] probabilities, Looks looks) {

    public float[] embedding() {
        return looks.embedding();
    }

    /** Index of the highest probability; the first such on a tie. */
    public int predicted() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }
}
