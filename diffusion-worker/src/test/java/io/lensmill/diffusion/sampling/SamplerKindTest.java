package io.lensmill.diffusion.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SamplerKindTest {

    @Test
    void everySamplerThatARequestMayNameIsThereAndNoOther() {
        assertThat(Arrays.stream(SamplerKind.values()).map(Enum::name))
                .containsExactlyElementsOf(Arrays.stream(io.lensmill.contracts.Sampler.values())
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void onlyDdimHasAChoiceOfNoise() {
        assertThat(SamplerKind.DDIM.sampler(0.5)).isEqualTo(new DdimSampler(0.5));
        assertThat(SamplerKind.DDPM.sampler(0.5)).isInstanceOf(DdpmSampler.class);
        assertThat(SamplerKind.DPM_SOLVER_PP.sampler(0.5)).isInstanceOf(DpmSolverSampler.class);
        assertThatThrownBy(() -> SamplerKind.DDIM.sampler(2)).hasMessageContaining("eta must be 0 to 1; got 2");
    }
}
