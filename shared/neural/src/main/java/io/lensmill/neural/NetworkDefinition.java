package io.lensmill.neural;

import java.util.List;

/**
 * A network as a list of operations in an order in which each finds its inputs already computed. Made with
 * {@link NetworkBuilder}; run by an executor.
 *
 * @param name architecture, for logs and model cards
 * @param inputs names of the network's inputs
 * @param nodes operations; a node's name is the PyTorch path of its module, so that a parameter's full name is
 *     {@code node.parameter}
 * @param outputs names of the nodes that are the network's outputs
 */
public record NetworkDefinition(String name, List<String> inputs, List<Node> nodes, List<String> outputs) {

    public NetworkDefinition {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    /**
     * One operation and where its inputs come from.
     *
     * @param name unique within the network
     * @param operation what is computed
     * @param inputs names of nodes or of network inputs
     */
    public record Node(String name, Operation operation, List<String> inputs) {
        public Node {
            inputs = List.copyOf(inputs);
        }
    }

    /** Index of the node with this name; -1 if there is none. */
    public int position(String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).name().equals(node)) {
                return i;
            }
        }
        return -1;
    }

    /** Number of trainable values. */
    public long trainableParameters() {
        return nodes.stream()
                .flatMap(node -> node.operation().parameters().stream())
                .filter(ParameterSpec::trainable)
                .mapToLong(ParameterSpec::size)
                .sum();
    }
}
