package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks themselves, small, by each executor: every operation where it really stands. */
class NetworksInDoubleTest {

    private static final int DERIVATIVES_PER_PARAMETER = 3;

    enum Case {
        BASIC_RES_NET(ResNet.define(new ResNetConfig(List.of(1, 1), 4, false, true, 0.3, 3))),
        BOTTLENECK_RES_NET(ResNet.define(new ResNetConfig(List.of(1, 1), 2, true, false, 0, 3))),
        U_NET(UNet.define(new UNetConfig(4, List.of(1, 2), 2, 4))),
        U_NET_WITH_CLASSES(UNet.define(new UNetConfig(4, List.of(1, 2), 2, 4, 3)));

        private final NetworkDefinition definition;

        Case(NetworkDefinition definition) {
            this.definition = definition;
        }

        private ExecutorsAgainstDouble compared() {
            // Large enough that the deepest batch norm has more than a few values: with few its derivative cancels.
            int size = definition.name().equals("unet") ? 8 : 16;
            Tensor images = Tensor.zeros(3, size, size, 1);
            new CounterRandom(6).fillGaussian(images.values());
            // One image of the last class, one of the first, and one of which none is told.
            Map<String, Tensor> all = Map.of(
                    "image", images,
                    "time", new Tensor(new float[] {17, 500, 999}, 3),
                    "class", new Tensor(new float[] {0, 0, 1, 1, 0, 0, 0, 0, 0}, 3, 3));
            Map<String, Tensor> inputs =
                    definition.inputs().stream().collect(Collectors.toMap(Function.identity(), all::get));
            return new ExecutorsAgainstDouble(Contender.FLOAT32, definition, inputs, DERIVATIVES_PER_PARAMETER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inference(Case network) {
        network.compared().requireEqualInference();
    }

    @ParameterizedTest
    @EnumSource
    void training(Case network) {
        network.compared().requireEqualTraining();
    }

    @ParameterizedTest
    @EnumSource
    void gradients(Case network) {
        network.compared().requireEqualGradients();
    }
}
