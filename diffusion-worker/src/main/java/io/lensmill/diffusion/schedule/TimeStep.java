package io.lensmill.diffusion.schedule;

/**
 * One step back in time. The posterior q(x' | x, x0) is Gaussian; (6) and (7) in Ho et al. 2020, with the β between the
 * two times, so that it also holds for respaced steps.
 *
 * @param time the network's time at the beginning of the step
 * @param alphaBar ᾱ there
 * @param previousAlphaBar ᾱ where the step leads, larger; 1 for the last step
 */
public record TimeStep(int time, double alphaBar, double previousAlphaBar) {

    /** Noise that the forward process adds between the two times. */
    public double beta() {
        return 1 - alphaBar / previousAlphaBar;
    }

    /** Weight of x0 in the posterior's mean. */
    public double posteriorOfX0() {
        return Math.sqrt(previousAlphaBar) * beta() / (1 - alphaBar);
    }

    /** Weight of x in the posterior's mean. */
    public double posteriorOfX() {
        return Math.sqrt(1 - beta()) * (1 - previousAlphaBar) / (1 - alphaBar);
    }

    /** β̃, the posterior's variance; 0 at the last step. */
    public double posteriorVariance() {
        return beta() * (1 - previousAlphaBar) / (1 - alphaBar);
    }
}
