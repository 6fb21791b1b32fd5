package io.lensmill.diffusion;

import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/** A network that tells when it is used, and with what. */
public final class WatchedNetwork implements Network {

    private final Network network;
    private final Consumer<Map<String, Tensor>> onUse;

    public WatchedNetwork(Network network, Consumer<Map<String, Tensor>> onUse) {
        this.network = network;
        this.onUse = onUse;
    }

    @Override
    public Map<String, Tensor> infer(Map<String, Tensor> inputs) {
        onUse.accept(inputs);
        return network.infer(inputs);
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed) {
        onUse.accept(inputs);
        return network.forward(inputs, stepSeed);
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        network.backward(outputGradients);
    }

    @Override
    public NetworkDefinition definition() {
        return network.definition();
    }

    @Override
    public void initialise(long seed) {
        network.initialise(seed);
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public Precision precision() {
        return network.precision();
    }

    @Override
    public String describe() {
        return network.describe();
    }

    @Override
    public void close() {
        network.close();
    }
}
