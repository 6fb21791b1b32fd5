package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.TimeStep;

/** How one step back is made from x and the predicted x0. */
public interface Sampler {

    /** The step's weights. */
    Move move(TimeStep step);

    /**
     * x' = ofX0 · x0 + ofX · x + ofNoise · z, with z standard normal.
     *
     * @param ofX0 weight of the predicted clean image
     * @param ofX weight of the present image
     * @param ofNoise standard deviation of the fresh noise; 0: none is drawn
     */
    record Move(double ofX0, double ofX, double ofNoise) {}
}
