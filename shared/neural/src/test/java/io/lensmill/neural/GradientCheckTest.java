package io.lensmill.neural;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.neural.NetworkBuilder.Value;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation's derivative against central differences. A convolution before the operation carries its input
 * gradient into parameters, where it can be seen; the loss is a fixed random projection of the result.
 */
class GradientCheckTest {

    private static final double STEP = 1e-3;
    private static final double TOLERANCE = 2e-2;
    private static final int CHANNELS = 6;

    static Stream<Arguments> operations() {
        return Stream.of(
                image("convolution 3x3", (net, x) -> net.convolution("op", x, 5, 3, 1, 1, true)),
                image("convolution 3x3 stride 2", (net, x) -> net.convolution("op", x, 5, 3, 2, 1, false)),
                image("convolution 1x1", (net, x) -> net.convolution("op", x, 4, 1, 1, 0, true)),
                image("batch norm", (net, x) -> net.batchNorm("op", x, false)),
                image("batch norm + relu", (net, x) -> net.batchNorm("op", x, true)),
                image("max pool", (net, x) -> net.apply("op", new Operation.MaxPool(3, 2, 1), x)),
                image("average pool", (net, x) -> net.apply("op", new Operation.GlobalAveragePool(), x)),
                image(
                        "add + relu",
                        (net, x) -> net.apply(
                                "op", new Operation.Add(true), x, net.convolution("side", x, CHANNELS, 1, 1, 0, true))),
                image("value with two readers", (net, x) -> net.apply("op", new Operation.Add(false), x, x)),
                image("rms norm", (net, x) -> net.rmsNorm("op", x)),
                image("silu", (net, x) -> net.apply("op", new Operation.Silu(), x)),
                image("gelu", (net, x) -> net.apply("op", new Operation.Gelu(), x)),
                image(
                        "film",
                        (net, x) -> net.apply(
                                "op",
                                new Operation.Film(),
                                x,
                                net.dense(
                                        "side",
                                        net.apply("pool", new Operation.GlobalAveragePool(), x),
                                        2 * CHANNELS))),
                image("linear attention", (net, x) -> net.apply("op", new Operation.LinearAttention(1, 2, 3), x)),
                image("full attention", (net, x) -> net.apply("op", new Operation.FullAttention(2, 1, 3), x)),
                image("pixel unshuffle", (net, x) -> net.apply("op", new Operation.PixelUnshuffle(), x)),
                image("upsample", (net, x) -> net.apply("op", new Operation.UpsampleNearest(), x)),
                image(
                        "concatenate",
                        (net, x) -> net.apply(
                                "op", new Operation.Concatenate(), x, net.convolution("side", x, 3, 1, 1, 0, true))),
                image("dropout", (net, x) -> net.apply("op", new Operation.Dropout(0.5), x)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void gradientEqualsCentralDifferences(String name, BiFunction<NetworkBuilder, Value, Value> operation) {
        for (ExecutorUnderTest executor : ExecutorUnderTest.values()) {
            check(executor, name, operation);
        }
    }

    private static void check(
            ExecutorUnderTest executor, String name, BiFunction<NetworkBuilder, Value, Value> operation) {
        // Given
        NetworkBuilder builder = new NetworkBuilder(name);
        Value x = builder.convolution("front", builder.input("image", 2), CHANNELS, 1, 1, 0, true);
        builder.output("result", operation.apply(builder, x));
        try (Network network = executor.open(builder.build())) {
            network.initialise(5);
            Map<String, Tensor> inputs = Map.of("image", gaussian(3, 3, 4, 4, 2));
            Tensor projection =
                    gaussian(4, network.forward(inputs, 9).get("result").shape());

            // When
            network.forward(inputs, 9);
            network.backward(Map.of("result", projection));

            // Then
            for (Parameters.Entry entry : network.parameters().entries()) {
                if (entry.spec().trainable()) {
                    check(network, inputs, projection, entry.name());
                }
            }
        }
    }

    private static void check(Network network, Map<String, Tensor> inputs, Tensor projection, String parameter) {
        float[] analytic = network.parameters().gradient(parameter).values();
        float[] values = network.parameters().get(parameter).values();
        double difference = 0;
        double size = 0;
        for (int i = 0; i < values.length; i++) {
            double numeric = (loss(network, inputs, projection, parameter, values, i, STEP)
                            - loss(network, inputs, projection, parameter, values, i, -STEP))
                    / (2 * STEP);
            difference += Math.pow(numeric - analytic[i], 2);
            size += numeric * numeric;
        }
        network.parameters().set(parameter, values);
        assertThat(Math.sqrt(difference)).as(parameter).isLessThan(TOLERANCE * Math.sqrt(size) + 5e-3);
    }

    private static double loss(
            Network network,
            Map<String, Tensor> inputs,
            Tensor projection,
            String parameter,
            float[] values,
            int index,
            double shift) {
        float[] moved = values.clone();
        moved[index] += (float) shift;
        network.parameters().set(parameter, moved);
        float[] result = network.forward(inputs, 9).get("result").values();
        double sum = 0;
        for (int i = 0; i < result.length; i++) {
            sum += (double) result[i] * projection.values()[i];
        }
        return sum;
    }

    private static Tensor gaussian(long seed, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        new CounterRandom(seed).fillGaussian(tensor.values());
        return tensor;
    }

    private static Arguments image(String name, BiFunction<NetworkBuilder, Value, Value> operation) {
        return Arguments.of(name, operation);
    }
}
