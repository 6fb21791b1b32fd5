package io.lensmill.neural.doubleprecision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Reference;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The yardstick itself against PyTorch's float32 numbers. */
class DoubleNetworkTest {

    private static final double TOLERANCE = 1e-5;

    @Test
    void theResNetIsThatOfPyTorch() {
        // Given
        Reference reference = new Reference("resnet34-width8");
        NetworkDefinition definition = ResNet.define(new ResNetConfig(List.of(3, 4, 6, 3), 8, false, true, 0.5, 3));
        DoubleNetwork exact = initial(definition, reference);

        // When
        Map<String, DoubleArray> outputs = exact.infer(Map.of("image", reference.images("images")));

        // Then
        requireEqual(outputs.get("logits"), reference.array("eval_logits_initial"));
        requireEqual(outputs.get("features"), reference.array("eval_features_initial"));
    }

    @Test
    void theUNetIsThatOfPyTorch() {
        // Given
        Reference reference = new Reference("unet-dim16");
        DoubleNetwork exact = initial(UNet.define(new UNetConfig(16, List.of(1, 2, 4), 4, 32)), reference);

        // When
        Map<String, DoubleArray> outputs =
                exact.infer(Map.of("image", reference.images("noised"), "time", reference.array("timesteps")));

        // Then
        requireEqual(outputs.get("prediction"), reference.array("prediction"));
    }

    private static DoubleNetwork initial(NetworkDefinition definition, Reference reference) {
        try (Network network = ExecutorUnderTest.DEEPLEARNING4J.open(definition)) {
            reference.initialise(network);
            DoubleNetwork exact = new DoubleNetwork(definition);
            exact.copyParameters(network);
            return exact;
        }
    }

    private static void requireEqual(DoubleArray actual, Tensor expected) {
        double[] values = DoubleArray.of(expected).values();
        assertThat(Norms.ofDifference(actual.values(), values)).isLessThan(TOLERANCE * Norms.of(values));
    }
}
