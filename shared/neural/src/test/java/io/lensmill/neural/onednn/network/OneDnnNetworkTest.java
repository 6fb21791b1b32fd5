package io.lensmill.neural.onednn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Reference;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.training.CrossEntropy;
import io.lensmill.neural.training.Sgd;
import io.lensmill.neural.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class OneDnnNetworkTest {

    private static final NetworkDefinition RES_NET =
            ResNet.define(new ResNetConfig(List.of(1, 1), 8, false, true, 0.3, 3));
    private static final NetworkDefinition U_NET = UNet.define(new UNetConfig(16, List.of(1, 2), 2, 16));

    @Test
    void bothExecutorsTrainAlike() throws Exception {
        // Given
        try (Network first = ExecutorUnderTest.DEEPLEARNING4J.open(RES_NET);
                Network second = ExecutorUnderTest.ONEDNN_FLOAT32.open(RES_NET)) {
            first.initialise(1);
            second.initialise(1);

            // When
            train(first, 3);
            train(second, 3);

            // Then: dropout masks included
            for (var entry : first.parameters().entries()) {
                assertThat(Reference.relativeDifference(
                                second.parameters().get(entry.name()).values(),
                                first.parameters().get(entry.name()).values()))
                        .as(entry.name())
                        .isLessThan(1e-4);
            }
        }
    }

    /**
     * Fewer channels than a vector register holds, every second pixel: what oneDNN's own kernel for AVX2 gets wrong.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 8, 12})
    void narrowNetworksHaveTheSameGradientsEachTime(int width) {
        // Given
        NetworkDefinition narrow = ResNet.define(new ResNetConfig(List.of(1, 1), width, false, false, 0, 3));
        try (OneDnnNetwork network = new OneDnnNetwork(narrow, Precision.FLOAT32)) {
            network.initialise(1);
            Tensor images = gaussian(7, 8, 16, 16, 1);
            Tensor derivative = gaussian(8, 8, 3);

            // When
            List<INDArray> gradients = new ArrayList<>();
            for (int step = 0; step < 4; step++) {
                network.forward(Map.of("image", images), 1);
                network.backward(Map.of("logits", derivative));
                gradients.add(network.parameters().gradients().dup());
            }

            // Then
            assertThat(gradients).allMatch(gradients.get(0)::equals);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void anImageHasTheSameResultWhateverTheBatch(Precision precision) {
        assumeTrue(
                precision == Precision.FLOAT32 || OneDnn.computesBfloat16(),
                "oneDNN has no bfloat16 on this processor");
        // Given
        try (OneDnnNetwork network = new OneDnnNetwork(U_NET, precision)) {
            network.initialise(3);
            Tensor images = gaussian(5, 16, 16, 16, 1);
            Tensor times = new Tensor(new float[16], 16);
            for (int i = 0; i < 16; i++) {
                times.values()[i] = i * 60f;
            }
            float[] together = predict(network, images, times);

            for (int batch : new int[] {1, 3, 8}) {
                // When
                float[] part = predict(
                        network,
                        new Tensor(Arrays.copyOf(images.values(), batch * 256), batch, 16, 16, 1),
                        new Tensor(Arrays.copyOf(times.values(), batch), batch));

                // Then
                assertThat(part).as("batch of " + batch).isEqualTo(Arrays.copyOf(together, batch * 256));
            }
        }
    }

    @Test
    void bfloat16IsRefusedWhereTheProcessorHasNone() {
        assumeTrue(!OneDnn.computesBfloat16(), "oneDNN has bfloat16 on this processor");
        // When, Then
        assertThatThrownBy(() -> new OneDnnNetwork(RES_NET, Precision.BFLOAT16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be f32 or auto on this processor")
                .hasMessageContaining("got bf16");
    }

    @Test
    void bfloat16IsNearFloat32() {
        assumeTrue(OneDnn.computesBfloat16(), "oneDNN has no bfloat16 on this processor");
        // Given
        Tensor images = gaussian(5, 4, 32, 32, 1);
        try (OneDnnNetwork exact = new OneDnnNetwork(RES_NET, Precision.FLOAT32);
                OneDnnNetwork rough = new OneDnnNetwork(RES_NET, Precision.BFLOAT16)) {
            exact.initialise(3);
            rough.initialise(3);

            // When
            float[] expected =
                    exact.infer(Map.of("image", images)).get("logits").values();
            float[] actual = rough.infer(Map.of("image", images)).get("logits").values();

            // Then: 8 significant bits, and yet not the same numbers
            assertThat(actual).containsExactly(expected, within(2e-2f));
            assertThat(actual).isNotEqualTo(expected);
        }
    }

    @Test
    void inferenceFollowsEveryChangeOfTheParameters() throws Exception {
        // Given
        try (Network network = ExecutorUnderTest.ONEDNN_FLOAT32.open(RES_NET);
                Network reference = ExecutorUnderTest.DEEPLEARNING4J.open(RES_NET)) {
            network.initialise(1);
            Map<String, Tensor> images = Map.of("image", gaussian(5, 4, 32, 32, 1));
            network.infer(images);

            // When
            train(network, 2);

            // Then: the folded weights are those of the trained network
            network.parameters().entries().forEach(entry -> reference
                    .parameters()
                    .set(entry.name(), network.parameters().get(entry.name()).values()));
            assertThat(network.infer(images).get("logits").values())
                    .containsExactly(reference.infer(images).get("logits").values(), within(1e-4f));
        }
    }

    @Test
    void aMissingInputIsNamed() {
        try (OneDnnNetwork network = new OneDnnNetwork(U_NET, Precision.FLOAT32)) {
            assertThatThrownBy(() -> network.infer(Map.of("image", gaussian(1, 1, 16, 16, 1))))
                    .hasMessageContaining("'time' is missing");
        }
    }

    private static void train(Network network, int steps) throws Exception {
        Trainer trainer = new Trainer(network, new Sgd(0.9, true, 5e-4), 1.0, Optional.empty());
        for (int step = 0; step < steps; step++) {
            trainer.step(
                    Map.of("image", gaussian(step, 8, 32, 32, 1)),
                    new CrossEntropy("logits", new int[] {0, 1, 2, 0, 1, 2, 0, 1}, 0.1),
                    0.02,
                    step);
        }
    }

    private static float[] predict(Network network, Tensor images, Tensor times) {
        return network.infer(Map.of("image", images, "time", times))
                .get("prediction")
                .values();
    }

    static Tensor gaussian(long seed, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        new CounterRandom(seed).fillGaussian(tensor.values());
        return tensor;
    }
}
