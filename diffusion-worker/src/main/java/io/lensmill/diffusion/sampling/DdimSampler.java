package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.TimeStep;
import java.util.List;

/**
 * (12) and (16) in Song et al. 2021. The noise ε is derived again from x and the clipped x0.
 *
 * @param eta share of fresh noise, 0 (deterministic) to 1 (the same as {@link DdpmSampler})
 */
public record DdimSampler(double eta) implements Sampler {

    public DdimSampler {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta must be 0 to 1; got " + eta);
        }
    }

    @Override
    public Move move(List<TimeStep> trajectory, int done) {
        TimeStep step = trajectory.get(done);
        double sigma = eta * Math.sqrt(step.posteriorVariance());
        double towardsX = Math.sqrt(Math.max(1 - step.previousAlphaBar() - sigma * sigma, 0));
        // ε = (x - √ᾱ·x0) / √(1-ᾱ), put into √ᾱ'·x0 + towardsX·ε + σ·z.
        double ofX = towardsX / Math.sqrt(1 - step.alphaBar());
        return new Move(Math.sqrt(step.previousAlphaBar()) - ofX * Math.sqrt(step.alphaBar()), ofX, sigma);
    }
}
