package io.lensmill.diffusion.model;

/** Answers what a network is asked. */
interface Predictor {

    /** @return the network's prediction, of the question's images' shape */
    float[] predict(Question question);
}
