package io.lensmill.diffusion.schedule;

/** Which of the training's times a sampling with fewer steps goes through; Song et al. 2021, appendix D.2. */
public enum Spacing {
    /** Every so many times. */
    EVEN {
        @Override
        int time(int k, int steps, int timesteps) {
            return Math.toIntExact((long) k * timesteps / steps) - 1;
        }
    },
    /**
     * Growing with the square of the step's number: many steps where little noise is left and faint grain is drawn, few
     * where the noise is strong.
     */
    QUADRATIC {
        @Override
        int time(int k, int steps, int timesteps) {
            // Near 0 the square moves by less than one time a step; no time comes twice.
            return Math.max(k, Math.toIntExact(Math.round((double) k * k / steps / steps * timesteps))) - 1;
        }
    };

    /**
     * The time of a step, counted from the image: -1 for step 0, the last time for the first step taken.
     *
     * @param k 0 to steps
     * @return rises with k
     */
    abstract int time(int k, int steps, int timesteps);
}
