package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.NetworkBuilder;
import io.lensmill.neural.NetworkBuilder.Value;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Operation;
import io.lensmill.neural.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A small network around an operation or a chain of them. Executors give no gradients by inputs, so every operand but
 * times is a parameter: the weights of a layer whose input is the unit matrix, a row for every pixel or image.
 *
 * @param name for the test's report
 * @param operands shapes: [n, height, width, channels], [n, channels], or [n] for times
 * @param chain what is computed from the operands
 */
record OperationCase(String name, List<int[]> operands, Chain chain) {

    /** How the nodes are named whose weights are the operands. */
    static final String OPERAND = "operand";

    private static final String INPUT = ".input";
    private static final double LARGEST_TIME = 1000;

    /** Adds operations to a network. */
    @FunctionalInterface
    interface Chain {
        Value apply(NetworkBuilder network, List<Value> operands);
    }

    /**
     * @param operandsAreOutputs true: the operands are outputs of the network as well, so that no executor can join
     *     them to what follows
     */
    NetworkDefinition define(boolean operandsAreOutputs) {
        NetworkBuilder network = new NetworkBuilder(name);
        List<Value> values = IntStream.range(0, operands.size())
                .mapToObj(i -> operand(network, OPERAND + i, operands.get(i)))
                .toList();
        network.output("result", chain.apply(network, values));
        for (int i = 0; i < values.size(); i++) {
            if (operandsAreOutputs && !isTimes(operands.get(i))) {
                network.output("seen" + i, values.get(i));
            }
        }
        return network.build();
    }

    private static Value operand(NetworkBuilder network, String node, int[] shape) {
        int channels = shape[shape.length - 1];
        int rows = rows(shape);
        Value input = network.input(node + INPUT, isTimes(shape) ? 1 : rows);
        return switch (shape.length) {
            case 1 -> input;
            case 2 -> network.apply(node, new Operation.Dense(rows, channels, false), input);
            default -> network.convolution(node, input, channels, 1, 1, 0, false);
        };
    }

    Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            int[] shape = operands.get(i).clone();
            inputs.put(OPERAND + i + INPUT, isTimes(shape) ? times(shape[0]) : unitMatrix(shape));
        }
        return inputs;
    }

    private static Tensor times(int count) {
        Tensor times = Tensor.zeros(count);
        CounterRandom random = new CounterRandom(count);
        for (int i = 0; i < count; i++) {
            times.values()[i] = (float) Math.floor(random.nextDouble() * LARGEST_TIME);
        }
        return times;
    }

    private static Tensor unitMatrix(int[] shape) {
        int rows = rows(shape);
        int[] inputShape = shape.clone();
        inputShape[shape.length - 1] = rows;
        Tensor matrix = Tensor.zeros(inputShape);
        for (int row = 0; row < rows; row++) {
            matrix.values()[row * rows + row] = 1;
        }
        return matrix;
    }

    private static boolean isTimes(int[] shape) {
        return shape.length == 1;
    }

    private static int rows(int[] shape) {
        int rows = 1;
        for (int axis = 0; axis < shape.length - 1; axis++) {
            rows *= shape[axis];
        }
        return rows;
    }

    @Override
    public String toString() {
        return name;
    }
}
