package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.TimeStep;
import java.util.List;

/**
 * DPM-Solver++(2M), algorithm 2 in Lu et al. 2022 (arXiv 2211.01095): the deterministic sampling of DDIM, solved to
 * second order with the prediction of the step before. Gives in 15 to 20 steps what DDIM needs 50 for. The first step
 * and the last, which leads to no noise at all, are of first order, which is DDIM.
 */
public final class DpmSolverSampler implements Sampler {

    @Override
    public Move move(List<TimeStep> trajectory, int done) {
        TimeStep step = trajectory.get(done);
        double alpha = Math.sqrt(step.previousAlphaBar());
        double noiseLeft = Math.sqrt((1 - step.previousAlphaBar()) / (1 - step.alphaBar()));
        // -α (e^-h - 1) with e^-h = (α/α') (σ'/σ), and h the gain in half the logarithm of the signal-to-noise ratio.
        double ofDirection = alpha - Math.sqrt(step.alphaBar()) * noiseLeft;
        if (done == 0 || step.previousAlphaBar() == 1) {
            return new Move(ofDirection, noiseLeft, 0);
        }
        // D = (1 + 1/(2r)) x0 - 1/(2r) x0 of the step before, with r = h before / h.
        double backward = halfLogGain(step) / halfLogGain(trajectory.get(done - 1)) / 2;
        return new Move((1 + backward) * ofDirection, -backward * ofDirection, noiseLeft, 0);
    }

    /** h = λ' - λ, where λ = ln(√ᾱ / √(1-ᾱ)). */
    private static double halfLogGain(TimeStep step) {
        return (logRatio(step.previousAlphaBar()) - logRatio(step.alphaBar())) / 2;
    }

    private static double logRatio(double alphaBar) {
        return Math.log(alphaBar / (1 - alphaBar));
    }
}
