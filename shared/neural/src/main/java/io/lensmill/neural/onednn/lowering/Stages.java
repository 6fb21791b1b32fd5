package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.NetworkDefinition.Node;
import io.lensmill.neural.Operation;
import io.lensmill.neural.onednn.Lowering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a network into stages: single operations, and chains that one primitive can do. Always joined: a pixel unshuffle
 * and the 1x1 convolution after it, which together are a 2x2 convolution with stride 2 and the same weights. In
 * inference: a convolution, the batch normalisation, the addition and the ReLU after it.
 */
public final class Stages {

    /**
     * One stage.
     *
     * @param name the value that it makes
     * @param inputs the values that it needs
     * @param learns whether it has trainable parameters
     * @param lowering how it is computed
     */
    public record Stage(String name, List<String> inputs, boolean learns, Lowering lowering) {}

    private final NetworkDefinition definition;
    private final boolean training;
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    private final Map<Node, Stage> chains = new HashMap<>();

    private Stages(NetworkDefinition definition, boolean training) {
        this.definition = definition;
        this.training = training;
        for (Node node : definition.nodes()) {
            node.inputs().forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>())
                    .add(node));
        }
    }

    /** The stages in an order in which each finds its inputs made. */
    public static List<Stage> of(NetworkDefinition definition, boolean training) {
        return new Stages(definition, training).cut();
    }

    private List<Stage> cut() {
        for (Node node : definition.nodes()) {
            if (absorbed.contains(node)) {
                continue;
            }
            if (node.operation() instanceof Operation.Convolution convolution) {
                chain(node, node, convolution);
            } else if (node.operation() instanceof Operation.PixelUnshuffle) {
                onlyReader(node)
                        .filter(n ->
                                n.operation() instanceof Operation.Convolution c && c.kernel() == 1 && c.stride() == 1)
                        .ifPresent(n -> {
                            absorbed.add(n);
                            chain(node, n, unfolded((Operation.Convolution) n.operation()));
                        });
            }
        }
        List<Stage> stages = new ArrayList<>();
        for (Node node : definition.nodes()) {
            if (chains.containsKey(node)) {
                stages.add(chains.get(node));
            } else if (!absorbed.contains(node)) {
                stages.add(single(node));
            }
        }
        return stages;
    }

    /** The weights [out, 4 c, 1, 1] over channels (c, row, column) are the weights [out, c, 2, 2] over pixels. */
    private static Operation.Convolution unfolded(Operation.Convolution c) {
        return new Operation.Convolution(c.in() / 4, c.out(), 2, 2, 0, c.bias());
    }

    /**
     * Joins what follows a convolution to it.
     *
     * @param first node that takes the chain's input
     * @param node node that owns the weights
     */
    private void chain(Node first, Node node, Operation.Convolution convolution) {
        Node last = node;
        Optional<FoldedBatchNorm> batchNorm = Optional.empty();
        boolean relu = false;
        List<String> inputs = new ArrayList<>(first.inputs());
        if (!training) {
            Optional<Node> next = onlyReader(last);
            if (next.isPresent() && next.get().operation() instanceof Operation.BatchNorm norm) {
                batchNorm = Optional.of(new FoldedBatchNorm(next.get().name(), norm));
                relu = norm.relu();
                last = absorb(next.get());
            }
            next = onlyReader(last);
            if (!relu && next.isPresent() && next.get().operation() instanceof Operation.Add add && joins(next.get())) {
                inputs.add(otherInput(next.get(), last.name()));
                relu = add.relu();
                last = absorb(next.get());
            }
        }
        absorbed.add(first);
        boolean output = onlyReader(last).stream().anyMatch(n -> n.operation() instanceof Operation.Identity);
        Lowering lowering = new ConvolutionLowering(
                node.name(), convolution, batchNorm, inputs.size() > 1, relu, output && !training);
        chains.put(last, new Stage(last.name(), inputs, true, lowering));
    }

    private Node absorb(Node node) {
        absorbed.add(node);
        return node;
    }

    /** An addition can join one convolution only, and not one of a value to itself. */
    private boolean joins(Node add) {
        return !absorbed.contains(add)
                && !add.inputs().get(0).equals(add.inputs().get(1));
    }

    private static String otherInput(Node add, String one) {
        return add.inputs().get(0).equals(one)
                ? add.inputs().get(1)
                : add.inputs().get(0);
    }

    private Optional<Node> onlyReader(Node node) {
        List<Node> all = readers.getOrDefault(node.name(), List.of());
        boolean inner = all.size() == 1 && !definition.outputs().contains(node.name());
        return inner ? Optional.of(all.get(0)) : Optional.empty();
    }

    private Stage single(Node node) {
        boolean learns = !node.operation().parameters().isEmpty();
        return new Stage(node.name(), node.inputs(), learns, lowering(node));
    }

    private Lowering lowering(Node node) {
        String name = node.name();
        Operation operation = node.operation();
        // A switch over the sealed type would be checked by the compiler; Java 17 has it only as a preview.
        if (operation instanceof Operation.Dense o) {
            return new DenseLowering(name, o);
        } else if (operation instanceof Operation.BatchNorm o) {
            return new BatchNormLowering(name, o);
        } else if (operation instanceof Operation.MaxPool o) {
            return new MaxPoolLowering(o);
        } else if (operation instanceof Operation.GlobalAveragePool) {
            return new GlobalAveragePoolLowering();
        } else if (operation instanceof Operation.Add o) {
            return new AddLowering(o);
        } else if (operation instanceof Operation.Dropout o) {
            return new DropoutLowering(o, definition.position(name));
        } else if (operation instanceof Operation.RmsNorm o) {
            return new RmsNormLowering(name, o);
        } else if (operation instanceof Operation.Film) {
            return new FilmLowering();
        } else if (operation instanceof Operation.Silu) {
            return PointwiseLowering.silu();
        } else if (operation instanceof Operation.Gelu) {
            return PointwiseLowering.gelu();
        } else if (operation instanceof Operation.LinearAttention o) {
            return new LinearAttentionLowering(name, o);
        } else if (operation instanceof Operation.FullAttention o) {
            return new FullAttentionLowering(name, o);
        } else if (operation instanceof Operation.PixelUnshuffle) {
            return new PixelUnshuffleLowering();
        } else if (operation instanceof Operation.UpsampleNearest) {
            return new UpsampleNearestLowering();
        } else if (operation instanceof Operation.Concatenate) {
            return new ConcatenateLowering();
        } else if (operation instanceof Operation.SinusoidalEmbedding o) {
            return new SinusoidalEmbeddingLowering(o);
        } else if (operation instanceof Operation.Identity) {
            return new IdentityLowering();
        }
        throw new IllegalArgumentException("No lowering for " + operation);
    }
}
