package io.lensmill.diffusion.schedule;

/**
 * A schedule and an objective: everything about diffusion that training and sampling must agree on.
 *
 * @param schedule signal share per time
 * @param objective what the network predicts
 */
public record DiffusionProcess(NoiseSchedule schedule, Objective objective) {

    /** Draws x at a time from x0 and noise into out; (4) in Ho et al. 2020. */
    public void addNoise(float[] x0, float[] noise, int time, float[] out) {
        double a = Math.sqrt(schedule.alphaBar(time));
        double s = Math.sqrt(1 - schedule.alphaBar(time));
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x0[i] + s * noise[i]);
        }
    }

    /** What the network should answer to that x, into out. */
    public void target(float[] x0, float[] noise, int time, float[] out) {
        double a = Math.sqrt(schedule.alphaBar(time));
        double s = Math.sqrt(1 - schedule.alphaBar(time));
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) objective.target(x0[i], noise[i], a, s);
        }
    }

    /**
     * Weight of an image's mean squared error, as denoising-diffusion-pytorch weighs it.
     *
     * @param minSnrGamma γ of min-SNR weighting (Hang et al. 2023); 0: off
     */
    public double lossWeight(int time, double minSnrGamma) {
        double ratio = schedule.signalToNoise(time);
        return objective.lossWeight(ratio, minSnrGamma > 0 ? Math.min(ratio, minSnrGamma) : ratio);
    }
}
