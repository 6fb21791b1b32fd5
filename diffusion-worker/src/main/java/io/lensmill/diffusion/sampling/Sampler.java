package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.TimeStep;
import java.util.List;

/** How one step back is made from x, the predicted x0, and the x0 that was predicted a step earlier. */
public interface Sampler {

    /**
     * A step's weights.
     *
     * @param trajectory all steps of the sampling, first step first
     * @param done steps before this one, 0 to trajectory.size() - 1
     */
    Move move(List<TimeStep> trajectory, int done);

    /**
     * x' = ofX0 · x0 + ofEarlierX0 · x0 of the step before + ofX · x + ofNoise · z, with z standard normal.
     *
     * @param ofX0 weight of the predicted clean image
     * @param ofEarlierX0 weight of the clean image that the step before predicted; 0 at the first step
     * @param ofX weight of the present image
     * @param ofNoise standard deviation of the fresh noise; 0: none is drawn
     */
    record Move(double ofX0, double ofEarlierX0, double ofX, double ofNoise) {

        /** A step that does not look back. */
        Move(double ofX0, double ofX, double ofNoise) {
            this(ofX0, 0, ofX, ofNoise);
        }
    }
}
