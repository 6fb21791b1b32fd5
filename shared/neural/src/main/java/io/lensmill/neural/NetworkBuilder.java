package io.lensmill.neural;

import io.lensmill.neural.NetworkDefinition.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link NetworkDefinition} down, node by node, and keeps count of the channels. */
public final class NetworkBuilder {

    /** A value inside the network: what an operation takes and gives. */
    public record Value(String name, int channels) {}

    private static final double BATCH_NORM_EPSILON = 1e-5;
    private static final double BATCH_NORM_MOMENTUM = 0.1;

    private final String name;
    private final List<String> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Integer> channels = new HashMap<>();

    public NetworkBuilder(String name) {
        this.name = name;
    }

    public Value input(String input, int inputChannels) {
        inputs.add(input);
        return declare(input, inputChannels);
    }

    /** Names the value as an output of the network. */
    public void output(String output, Value value) {
        outputs.add(apply(output, new Operation.Identity(), value).name());
    }

    public Value convolution(String node, Value x, int out, int kernel, int stride, int padding, boolean bias) {
        return apply(node, new Operation.Convolution(x.channels(), out, kernel, stride, padding, bias), x);
    }

    public Value dense(String node, Value x, int out) {
        return apply(node, new Operation.Dense(x.channels(), out, true), x);
    }

    public Value batchNorm(String node, Value x, boolean relu) {
        return apply(node, new Operation.BatchNorm(x.channels(), relu, BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM), x);
    }

    public Value rmsNorm(String node, Value x) {
        return apply(node, new Operation.RmsNorm(x.channels()), x);
    }

    /** Any operation; the inputs' channels must fit it. */
    public Value apply(String node, Operation operation, Value... values) {
        int[] inputChannels = new int[values.length];
        List<String> inputNames = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            inputChannels[i] = values[i].channels();
            inputNames.add(values[i].name());
        }
        nodes.add(new Node(node, operation, inputNames));
        return declare(node, operation.outputChannels(inputChannels));
    }

    public NetworkDefinition build() {
        return new NetworkDefinition(name, inputs, nodes, outputs);
    }

    private Value declare(String value, int valueChannels) {
        if (channels.putIfAbsent(value, valueChannels) != null) {
            throw new IllegalArgumentException("The network already has a value named " + value);
        }
        return new Value(value, valueChannels);
    }
}
