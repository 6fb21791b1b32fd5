package io.lensmill.classifier.scoring;

/**
 * What a network says of one image.
 *
 * @param probabilities softmax over the classes, in the model's order; they sum to 1
 * @param embedding pooled features of the network's last stage
 */
public record Score(float[] probabilities, float[] embedding) {

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
