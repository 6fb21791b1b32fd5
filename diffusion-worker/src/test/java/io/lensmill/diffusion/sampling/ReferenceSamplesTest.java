package io.lensmill.diffusion.sampling;

import static io.lensmill.diffusion.training.ReferenceUNet.PROCESS;
import static io.lensmill.diffusion.training.ReferenceUNet.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.diffusion.training.ReferenceUNet;
import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Network;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples of a real network, step by step those of denoising-diffusion-pytorch. */
class ReferenceSamplesTest {

    private static final int SIZE = 16;
    private static final int PIXELS = SIZE * SIZE;
    private static final int TIMES = 1000;
    private static final float TOLERANCE = 1e-3f;

    @ParameterizedTest
    @EnumSource
    void theCleanImageAndTheMeanOfADdpmStep(ExecutorUnderTest executor) throws Exception {
        // Given: the reference's third image, at time 500, and no fresh noise
        int done = TIMES - 1 - 500;
        int time = PROCESS.schedule().steps(TIMES, Spacing.EVEN).get(done).time();
        float[] x = image("noised", 2);
        float[] x0 = x.clone();
        try (Network network = ReferenceUNet.trained(executor)) {
            float[] prediction = denoiser(network).predict(0, x, 1, time);

            // When
            float[] earlier = new float[PIXELS];
            float[] fresh = new float[PIXELS];
            noiseless((trajectory, step) -> new Sampler.Move(1, 0, 0)).move(x0, prediction, earlier, done, 0, fresh);
            noiseless(new DdpmSampler()).move(x, prediction, earlier, done, 0, fresh);

            // Then
            assertThat(x0).containsExactly(image("ddpm_x0_t500", 0), within(TOLERANCE));
            assertThat(x).containsExactly(image("ddpm_mean_t500", 0), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWholeDdimChain(ExecutorUnderTest executor) throws Exception {
        // Given
        ReverseProcess reverse = new ReverseProcess(
                PROCESS,
                new DdimSampler(0),
                PROCESS.schedule().steps(5, Spacing.EVEN),
                (image, time, out) -> System.arraycopy(image("ddim_start", Math.toIntExact(image)), 0, out, 0, PIXELS));
        try (Network network = ReferenceUNet.trained(executor)) {

            // When
            float[] images = reverse.sample(denoiser(network), 0, 2, PIXELS, (done, total) -> {});

            // Then
            assertThat(images).containsExactly(REFERENCE.array("ddim_end").values(), within(TOLERANCE));
        }
    }

    private static Denoiser denoiser(Network network) {
        NetworkPass pass = new NetworkPass(network, SIZE);
        Conditioning unconditional = Conditioning.inTurn(0, 0);
        return (first, images, count, time) -> pass.predict(unconditional.request(first, images, count, time));
    }

    private static ReverseProcess noiseless(Sampler sampler) {
        return new ReverseProcess(
                PROCESS,
                sampler,
                PROCESS.schedule().steps(TIMES, Spacing.EVEN),
                (image, time, out) -> Arrays.fill(out, 0));
    }

    private static float[] image(String array, int index) {
        return Arrays.copyOfRange(REFERENCE.array(array).values(), index * PIXELS, (index + 1) * PIXELS);
    }
}
