package io.lensmill.diffusion.schedule;

/**
 * Which of the schedule's times a sampling with fewer steps goes through; Song et al. 2021, appendix D.2. A training
 * may draw its times as dense as that.
 */
public enum Spacing {
    /** Every so many times. */
    EVEN {
        @Override
        int time(int k, int steps, int timesteps) {
            return Math.toIntExact((long) k * timesteps / steps) - 1;
        }

        @Override
        public int at(double share, int timesteps) {
            return (int) (share * timesteps);
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

        @Override
        public int at(double share, int timesteps) {
            return (int) (share * share * timesteps);
        }
    };

    /**
     * The time of a step, counted from the image: -1 for step 0, the last time for the first step taken.
     *
     * @param k 0 to steps
     * @return rises with k
     */
    abstract int time(int k, int steps, int timesteps);

    /**
     * The time after a share of the steps, counted from the image: for random shares, times as dense as the steps.
     *
     * @param share 0 to below 1
     * @return 0 to timesteps - 1
     */
    public abstract int at(double share, int timesteps);
}
