package io.lensmill.diffusion.sampling;

import java.util.function.DoubleFunction;

/** The samplers there are, under the names that generation requests give them. */
public enum SamplerKind {
    DDPM(eta -> new DdpmSampler()),
    DDIM(DdimSampler::new),
    DPM_SOLVER_PP(eta -> new DpmSolverSampler());

    private final DoubleFunction<Sampler> maker;

    SamplerKind(DoubleFunction<Sampler> maker) {
        this.maker = maker;
    }

    /**
     * @param eta share of fresh noise, 0 to 1; for those that have a choice
     * @throws IllegalArgumentException when it is outside its range
     */
    public Sampler sampler(double eta) {
        return maker.apply(eta);
    }
}
