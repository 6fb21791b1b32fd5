package io.lensmill.diffusion.schedule;

/**
 * Shape of the signal share ᾱ over time, with the constants of the denoising-diffusion-pytorch package: a model trained
 * there samples the same here.
 */
public enum ScheduleKind {
    /** Ho et al. 2020, section 4: β from 1e-4 to 0.02 for 1,000 times, scaled for other numbers of times. */
    LINEAR {
        @Override
        double[] betas(int timesteps) {
            double scale = 1000.0 / timesteps;
            double first = scale * 1e-4;
            double last = scale * 0.02;
            double[] betas = new double[timesteps];
            for (int t = 0; t < timesteps; t++) {
                double position = timesteps == 1 ? 0 : (double) t / (timesteps - 1);
                betas[t] = Math.min(first + (last - first) * position, MAX_BETA);
            }
            return betas;
        }
    },
    /** Nichol and Dhariwal 2021, (17), offset s = 0.008. */
    COSINE {
        @Override
        double[] betas(int timesteps) {
            return betasOf(timesteps, u -> Math.pow(Math.cos((u + 0.008) / 1.008 * Math.PI / 2), 2));
        }
    },
    /**
     * Jabri et al. 2022, section 3.3, start -3, end 3, tau 1: more time at middle noise than cosine; the seeds' choice.
     */
    SIGMOID {
        @Override
        double[] betas(int timesteps) {
            return betasOf(timesteps, u -> (sigmoid(3) - sigmoid(6 * u - 3)) / (sigmoid(3) - sigmoid(-3)));
        }
    };

    /** Largest β: keeps a little of the signal at the last time, where ᾱ would reach 0 and 1/√ᾱ infinity. */
    private static final double MAX_BETA = 0.999;

    /** The signal share as a function of u in [0, 1], up to a constant factor. */
    @FunctionalInterface
    private interface SignalShare {
        double at(double u);
    }

    /** β of the times 0 … timesteps - 1. */
    abstract double[] betas(int timesteps);

    private static double[] betasOf(int timesteps, SignalShare share) {
        double[] betas = new double[timesteps];
        for (int t = 0; t < timesteps; t++) {
            double before = share.at((double) t / timesteps);
            double after = share.at((double) (t + 1) / timesteps);
            betas[t] = Math.min(Math.max(1 - after / before, 0), MAX_BETA);
        }
        return betas;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
