package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.DropoutMask;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.NetworkDefinition.Node;
import io.lensmill.neural.Operation;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Interprets a definition node by node, forward only, in double precision and with the plainest loops: what every
 * executor is measured against.
 */
final class DoubleNetwork {

    private final NetworkDefinition definition;
    private final Map<String, DoubleArray> parameters = new HashMap<>();
    private final Map<String, DoubleArray> runningStatistics = new HashMap<>();

    DoubleNetwork(NetworkDefinition definition) {
        this.definition = definition;
    }

    /** Takes the values of all parameters. */
    void copyParameters(Network network) {
        for (Parameters.Entry entry : network.parameters().entries()) {
            parameters.put(entry.name(), DoubleArray.of(network.parameters().get(entry.name())));
        }
    }

    /** The parameter's own values: who writes to them changes the network. */
    double[] parameter(String name) {
        return parameters.get(name).values();
    }

    /** Every output by running statistics and without dropout. */
    Map<String, DoubleArray> infer(Map<String, Tensor> inputs) {
        return run(inputs, OptionalLong.empty());
    }

    /** Every output by the batch's statistics, with the dropout masks of this seed. */
    Map<String, DoubleArray> train(Map<String, Tensor> inputs, long stepSeed) {
        return run(inputs, OptionalLong.of(stepSeed));
    }

    /** What the running statistics are after the last {@link #train}, by name; it has not changed the parameters. */
    Map<String, DoubleArray> runningStatistics() {
        return runningStatistics;
    }

    /** @param stepSeed present in training */
    private Map<String, DoubleArray> run(Map<String, Tensor> inputs, OptionalLong stepSeed) {
        Map<String, DoubleArray> values = new HashMap<>();
        definition.inputs().forEach(name -> values.put(name, DoubleArray.of(inputs.get(name))));
        for (Node node : definition.nodes()) {
            List<DoubleArray> arguments =
                    node.inputs().stream().map(values::get).toList();
            values.put(node.name(), apply(node, arguments, stepSeed));
        }
        Map<String, DoubleArray> outputs = new HashMap<>();
        definition.outputs().forEach(name -> outputs.put(name, values.get(name)));
        return outputs;
    }

    private DoubleArray apply(Node node, List<DoubleArray> arguments, OptionalLong stepSeed) {
        Operation operation = node.operation();
        DoubleArray x = arguments.get(0);
        if (operation instanceof Operation.Convolution o) {
            DoubleArray bias = o.bias() ? of(node, "bias") : DoubleArray.zeros(o.out());
            return Images.convolution(x, of(node, "weight"), bias, o.stride(), o.padding());
        } else if (operation instanceof Operation.Dense o) {
            DoubleArray bias = o.bias() ? of(node, "bias") : DoubleArray.zeros(o.out());
            return Pointwise.dense(x, of(node, "weight"), bias);
        } else if (operation instanceof Operation.BatchNorm o) {
            return batchNorm(node, o, x, stepSeed.isPresent());
        } else if (operation instanceof Operation.MaxPool o) {
            return Images.maxPool(x, o.kernel(), o.stride(), o.padding());
        } else if (operation instanceof Operation.GlobalAveragePool) {
            return Images.globalAveragePool(x);
        } else if (operation instanceof Operation.Add o) {
            DoubleArray sum = Pointwise.add(x, arguments.get(1));
            return o.relu() ? sum.map(Pointwise::relu) : sum;
        } else if (operation instanceof Operation.Dropout o) {
            return stepSeed.isPresent() ? dropout(node, o, x, stepSeed.getAsLong()) : x;
        } else if (operation instanceof Operation.RmsNorm) {
            return Normalisation.rmsNorm(x, of(node, "g"));
        } else if (operation instanceof Operation.Film) {
            return Pointwise.film(x, arguments.get(1));
        } else if (operation instanceof Operation.Silu) {
            return x.map(Pointwise::silu);
        } else if (operation instanceof Operation.Gelu) {
            return x.map(Pointwise::gelu);
        } else if (operation instanceof Operation.LinearAttention o) {
            return Attention.linear(x, of(node, "mem_kv"), o.heads(), o.headDim(), o.memoryTokens());
        } else if (operation instanceof Operation.FullAttention o) {
            return Attention.full(x, of(node, "mem_kv"), o.heads(), o.headDim(), o.memoryTokens());
        } else if (operation instanceof Operation.PixelUnshuffle) {
            return Images.pixelUnshuffle(x);
        } else if (operation instanceof Operation.UpsampleNearest) {
            return Images.upsampleNearest(x);
        } else if (operation instanceof Operation.Concatenate) {
            return Images.concatenate(x, arguments.get(1));
        } else if (operation instanceof Operation.SinusoidalEmbedding o) {
            return Pointwise.sinusoidalEmbedding(x, o.channels(), o.longestPeriod());
        } else if (operation instanceof Operation.Identity) {
            return x;
        }
        throw new IllegalArgumentException("Not written down in double precision: " + operation);
    }

    private DoubleArray batchNorm(Node node, Operation.BatchNorm operation, DoubleArray x, boolean training) {
        Normalisation.Statistics running = new Normalisation.Statistics(
                of(node, "running_mean").values(), of(node, "running_var").values());
        Normalisation.Statistics used = running;
        if (training) {
            used = Normalisation.statistics(x);
            Normalisation.Statistics next = Normalisation.blend(running, used, x.rows(), operation.momentum());
            runningStatistics.put(node.name() + ".running_mean", new DoubleArray(next.mean(), next.mean().length));
            runningStatistics.put(
                    node.name() + ".running_var", new DoubleArray(next.variance(), next.variance().length));
        }
        DoubleArray normalised =
                Normalisation.batchNorm(x, used, of(node, "weight"), of(node, "bias"), operation.epsilon());
        return operation.relu() ? normalised.map(Pointwise::relu) : normalised;
    }

    private DoubleArray dropout(Node node, Operation.Dropout operation, DoubleArray x, long stepSeed) {
        float[] mask =
                DropoutMask.draw(operation.rate(), x.values().length, stepSeed, definition.position(node.name()));
        return Pointwise.multiply(x, mask);
    }

    private DoubleArray of(Node node, String parameter) {
        return parameters.get(node.name() + "." + parameter);
    }
}
