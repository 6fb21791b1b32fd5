package io.lensmill.diffusion.schedule;

/** What the network predicts. Below a = √ᾱ, s = √(1-ᾱ), and x = a·x0 + s·ε. */
public enum Objective {
    /** The noise ε; Ho et al. 2020. */
    EPSILON {
        @Override
        public double target(double x0, double noise, double a, double s) {
            return noise;
        }

        @Override
        public double toX0(double prediction, double x, double a, double s) {
            return (x - s * prediction) / a;
        }

        @Override
        double lossWeight(double signalToNoise, double clipped) {
            return clipped / signalToNoise;
        }
    },
    /** The clean image x0. */
    X0 {
        @Override
        public double target(double x0, double noise, double a, double s) {
            return x0;
        }

        @Override
        public double toX0(double prediction, double x, double a, double s) {
            return prediction;
        }

        @Override
        double lossWeight(double signalToNoise, double clipped) {
            return clipped;
        }
    },
    /** The velocity v = a·ε - s·x0; Salimans and Ho 2022, appendix D. Well conditioned at every time. */
    V {
        @Override
        public double target(double x0, double noise, double a, double s) {
            return a * noise - s * x0;
        }

        @Override
        public double toX0(double prediction, double x, double a, double s) {
            return a * x - s * prediction;
        }

        @Override
        double lossWeight(double signalToNoise, double clipped) {
            return clipped / (signalToNoise + 1);
        }
    };

    /** What the network should say of a pixel. */
    public abstract double target(double x0, double noise, double a, double s);

    /** The clean pixel that the network's answer stands for. */
    public abstract double toX0(double prediction, double x, double a, double s);

    /**
     * Weight of the squared error. All three weigh the error of x0 by the clipped ratio.
     *
     * @param clipped the ratio, at most γ where min-SNR is on (Hang et al. 2023)
     */
    abstract double lossWeight(double signalToNoise, double clipped);
}
