package io.lensmill.neural.training;

import java.util.Map;

/**
 * What is done when a training diverges: it goes back to its last checkpoint and on with half the learning rate, a few
 * times. How often stands in the checkpoints, so a training that is killed goes on as one that was not.
 */
public final class DivergenceGuard {

    /** An eighth of a sensible rate: what still diverges then has another cause, and deserves a person's eyes. */
    private static final int MOST_FALLS = 3;

    private static final String FALLS = "trainer.falls";

    private int falls;

    DivergenceGuard() {}

    /** What the schedule's learning rate is multiplied with: 1, a half after one fall, and so on. */
    public double learningRateFactor() {
        return Math.scalb(1.0, -falls);
    }

    /**
     * Counts a divergence; the caller then restores the last checkpoint and writes it again, with this count.
     *
     * @param advice which settings the user may change
     * @throws IllegalStateException when it was one too many, with the advice
     */
    public void fall(NotFiniteException cause, String advice) {
        if (falls == MOST_FALLS) {
            throw new IllegalStateException(
                    cause.getMessage() + ": the training has diverged, with the learning rate halved " + MOST_FALLS
                            + " times too. " + advice,
                    cause);
        }
        falls++;
    }

    /**
     * What happened, for the user.
     *
     * @param step where the training goes on from
     */
    public String sentence(NotFiniteException cause, long step) {
        return "%s: back to step %d, on with %s times the learning rate (divergence %d; after %d the job fails)."
                .formatted(cause.getMessage(), step, learningRateFactor(), falls, MOST_FALLS);
    }

    void writeTo(Map<String, String> metadata) {
        metadata.put(FALLS, Integer.toString(falls));
    }

    /** Takes the count out of a checkpoint's metadata; falls since that checkpoint are not forgotten. */
    void takeFrom(Map<String, String> metadata) {
        String noted = metadata.remove(FALLS);
        if (noted != null) {
            falls = Math.max(falls, Integer.parseInt(noted));
        }
    }
}
