package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.TimeStep;
import java.util.List;

/** Ancestral sampling: draws from the posterior q(x' | x, x0); algorithm 2 in Ho et al. 2020 with σ² = β̃. */
public final class DdpmSampler implements Sampler {

    @Override
    public Move move(List<TimeStep> trajectory, int done) {
        TimeStep step = trajectory.get(done);
        return new Move(step.posteriorOfX0(), step.posteriorOfX(), Math.sqrt(step.posteriorVariance()));
    }
}
