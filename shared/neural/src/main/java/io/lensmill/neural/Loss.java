package io.lensmill.neural;

import java.util.Map;

/** What a training step makes small: a function of the network's outputs that knows its own derivative. */
@FunctionalInterface
public interface Loss {

    Evaluation evaluate(Map<String, Tensor> outputs);

    /**
     * @param value the loss
     * @param outputGradients its derivative by each output that it depends on
     */
    record Evaluation(double value, Map<String, Tensor> outputGradients) {}
}
