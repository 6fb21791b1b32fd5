package io.lensmill.neural.doubleprecision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Initial;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What executors make of a network, against the interpreter's results and their central differences in double.
 *
 * @param executors the executors
 * @param definition the network; its parameters are drawn
 * @param inputs its inputs
 * @param derivativesPerParameter how many derivatives of a parameter are tested, at most; evenly spread in it
 */
record ExecutorsAgainstDouble(
        List<Contender> executors,
        NetworkDefinition definition,
        Map<String, Tensor> inputs,
        int derivativesPerParameter) {

    private static final long PARAMETER_SEED = 5;
    private static final long STEP_SEED = 9;

    void requireEqualInference() {
        for (Contender executor : executors) {
            // Given
            try (Network network = executor.open(definition)) {
                DoubleNetwork exact = randomised(network);

                // When
                Map<String, Tensor> results = network.infer(inputs);

                // Then
                requireEqual(executor, results, exact.infer(inputs));
            }
        }
    }

    /** Results, and what they leave in the running statistics. */
    void requireEqualTraining() {
        for (Contender executor : executors) {
            // Given
            try (Network network = executor.open(definition)) {
                DoubleNetwork exact = randomised(network);

                // When
                Map<String, Tensor> results = network.forward(inputs, STEP_SEED);

                // Then
                requireEqual(executor, results, exact.train(inputs, STEP_SEED));
                Map<String, Tensor> statistics = new HashMap<>();
                network.parameters().entries().stream()
                        .filter(entry -> !entry.spec().trainable())
                        .forEach(entry -> statistics.put(
                                entry.name(), network.parameters().get(entry.name())));
                requireEqual(executor, statistics, exact.runningStatistics());
            }
        }
    }

    void requireEqualGradients() {
        Map<String, double[]> expected = new HashMap<>();
        for (Contender executor : executors) {
            // Given
            try (Network network = executor.open(definition)) {
                DoubleNetwork exact = randomised(network);
                Projection loss = Projection.of(exact.train(inputs, STEP_SEED), 4);
                if (expected.isEmpty()) {
                    trainable(network).forEach(name -> expected.put(name, differences(exact, loss, name)));
                }

                // When
                network.forward(inputs, STEP_SEED);
                network.backward(loss.factors());

                // Then
                requireEqualGradients(executor, network.parameters(), expected);
            }
        }
    }

    private void requireEqualGradients(Contender executor, Parameters parameters, Map<String, double[]> expected) {
        double whole = Norms.of(
                expected.values().stream().flatMapToDouble(Arrays::stream).toArray());
        expected.forEach((name, differences) -> {
            double[] gradient = DoubleArray.of(parameters.gradient(name)).values();
            double[] tested = new double[differences.length];
            for (int i = 0; i < tested.length; i++) {
                tested[i] = gradient[i * stride(gradient.length)];
            }
            assertThat(Norms.ofDifference(tested, differences))
                    .as(executor + ", gradient of " + name)
                    .isLessThan(executor.gradientTolerance(Norms.of(gradient), whole));
        });
    }

    private double[] differences(DoubleNetwork exact, Projection loss, String name) {
        double[] values = exact.parameter(name);
        int stride = stride(values.length);
        double[] differences = new double[(values.length - 1) / stride + 1];
        for (int i = 0; i < differences.length; i++) {
            differences[i] =
                    CentralDifferences.derivative(() -> loss.value(exact.train(inputs, STEP_SEED)), values, i * stride);
        }
        return differences;
    }

    private int stride(int size) {
        return (size - 1) / derivativesPerParameter + 1;
    }

    private static List<String> trainable(Network network) {
        return network.parameters().entries().stream()
                .filter(entry -> entry.spec().trainable())
                .map(Parameters.Entry::name)
                .toList();
    }

    /** Draws all parameters so that no term of a formula is 0 or 1, and none can be forgotten unseen. */
    private static DoubleNetwork randomised(Network network) {
        network.initialise(PARAMETER_SEED);
        for (Parameters.Entry entry : network.parameters().entries()) {
            CounterRandom random =
                    new CounterRandom(PARAMETER_SEED, entry.name().hashCode());
            float[] values = new float[entry.spec().size()];
            random.fillGaussian(values);
            if (entry.spec().initial() == Initial.ONES) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (0.5 + random.nextDouble());
                }
            }
            if (entry.spec().initial() != Initial.UNIFORM_FAN_IN || entry.name().startsWith(OperationCase.OPERAND)) {
                network.parameters().set(entry.name(), values);
            }
        }
        DoubleNetwork exact = new DoubleNetwork(network.definition());
        exact.copyParameters(network);
        return exact;
    }

    private static void requireEqual(
            Contender executor, Map<String, Tensor> results, Map<String, DoubleArray> expected) {
        assertThat(results.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, exact) -> {
            assertThat(results.get(name).shape()).as(executor + ", " + name).isEqualTo(exact.shape());
            assertThat(Norms.ofDifference(DoubleArray.of(results.get(name)).values(), exact.values()))
                    .as(executor + ", " + name)
                    .isLessThan(executor.resultTolerance(Norms.of(exact.values())));
        });
    }
}
