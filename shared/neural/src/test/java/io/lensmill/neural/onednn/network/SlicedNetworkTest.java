package io.lensmill.neural.onednn.network;

import static io.lensmill.neural.onednn.network.OneDnnNetworkTest.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlicedNetworkTest {

    private static final NetworkDefinition U_NET = UNet.define(new UNetConfig(16, List.of(1, 2), 2, 16));

    @ParameterizedTest
    @CsvSource({"2, 8", "3, 8", "2, 5", "4, 3", "2, 1"})
    void gradientsAreThoseOfTheWholeBatch(int slices, int images) {
        try (Network whole = new OneDnnNetwork(U_NET, Precision.FLOAT32);
                Network sliced = new SlicedNetwork(U_NET, Precision.FLOAT32, slices)) {
            // Given
            whole.initialise(1);
            sliced.initialise(1);
            Map<String, Tensor> inputs = inputs(images);
            Map<String, Tensor> outputGradients = Map.of("prediction", gaussian(7, images, 16, 16, 1));
            float[] expected = whole.forward(inputs, 0).get("prediction").values();
            whole.backward(outputGradients);

            // When
            Tensor prediction = sliced.forward(inputs, 0).get("prediction");
            sliced.backward(outputGradients);

            // Then
            assertThat(prediction.shape()).containsExactly(images, 16, 16, 1);
            assertThat(Reference.relativeDifference(prediction.values(), expected))
                    .isLessThan(1e-5);
            for (var entry : whole.parameters().entries()) {
                assertThat(Reference.relativeDifference(
                                sliced.parameters().gradient(entry.name()).values(),
                                whole.parameters().gradient(entry.name()).values()))
                        .as(entry.name())
                        .isLessThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theSameStepGivesTheSameBits(Precision precision) {
        assumeTrue(
                precision == Precision.FLOAT32 || OneDnn.computesBfloat16(),
                "oneDNN has no bfloat16 on this processor");
        try (Network network = new SlicedNetwork(U_NET, precision, 2)) {
            // Given
            network.initialise(1);
            Map<String, Tensor> outputGradients = Map.of("prediction", gaussian(7, 8, 16, 16, 1));
            network.forward(inputs(8), 0);
            network.backward(outputGradients);
            float[] first = network.parameters().gradients().dup().data().asFloat();

            // When: another batch in between, so that nothing of the first is left
            network.forward(inputs(3), 0);
            network.backward(Map.of("prediction", gaussian(8, 3, 16, 16, 1)));
            network.forward(inputs(8), 0);
            network.backward(outputGradients);

            // Then
            assertThat(network.parameters().gradients().dup().data().asFloat()).isEqualTo(first);
        }
    }

    @Test
    void everySliceFollowsAChangeOfTheWeights() {
        try (Network whole = new OneDnnNetwork(U_NET, Precision.FLOAT32);
                Network sliced = new SlicedNetwork(U_NET, Precision.FLOAT32, 2)) {
            // Given
            whole.initialise(1);
            sliced.initialise(1);
            Map<String, Tensor> inputs = inputs(6);
            float[] before = sliced.infer(inputs).get("prediction").values();

            // When: once from outside and once in place, as a trainer does
            for (Network network : List.of(whole, sliced)) {
                network.initialise(2);
                network.infer(inputs);
                network.parameters().values().muli(0.9);
                network.parameters().markChanged();
            }

            // Then
            float[] after = sliced.infer(inputs).get("prediction").values();
            assertThat(after)
                    .isEqualTo(whole.infer(inputs).get("prediction").values())
                    .isNotEqualTo(before);
        }
    }

    @Test
    void whatFailsInASliceIsSaid() {
        try (Network network = new SlicedNetwork(U_NET, Precision.FLOAT32, 2)) {
            assertThatThrownBy(() -> network.infer(Map.of("image", gaussian(5, 4, 16, 16, 1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'time' is missing");
            assertThatThrownBy(() -> network.backward(Map.of())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void networksThatTreatABatchAsAWholeAreRefused() {
        NetworkDefinition resNet = ResNet.define(new ResNetConfig(List.of(1, 1), 8, false, true, 0.3, 3));
        assertThatThrownBy(() -> new SlicedNetwork(resNet, Precision.FLOAT32, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BatchNorm");
    }

    private static Map<String, Tensor> inputs(int images) {
        Tensor times = new Tensor(new float[images], images);
        for (int i = 0; i < images; i++) {
            times.values()[i] = 60f * i;
        }
        return Map.of("image", gaussian(5, images, 16, 16, 1), "time", times);
    }
}
