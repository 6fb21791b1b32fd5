package io.lensmill.classifier.scoring;

/** Is told how long the parts of scoring take. */
public interface ScoringMeasures {

    /** Nobody listens. */
    ScoringMeasures NONE = new ScoringMeasures() {
        @Override
        public void networkCalled(long nanoseconds) {}

        @Override
        public void modelReady(long nanoseconds) {}
    };

    /** The network has computed a batch of images; waiting for the cores does not count. */
    void networkCalled(long nanoseconds);

    /** A model was loaded and warmed. */
    void modelReady(long nanoseconds);
}
