package io.lensmill.neural;

import java.util.Map;

/**
 * A network definition with its parameters, ready to run: what every executor offers. Not safe for use by several
 * threads. Tensors are named as in the definition. Batch sizes and image sizes may change from call to call.
 */
public interface Network extends AutoCloseable {

    NetworkDefinition definition();

    /** Sets fresh weights, drawn as PyTorch's layers do by default; the same seed gives the same weights. */
    void initialise(long seed);

    /**
     * Runs the network in evaluation mode: running statistics, no dropout.
     *
     * @param inputs every input of the definition; images [n, height, width, channels]
     * @return every output of the definition; the caller's own copies
     */
    Map<String, Tensor> infer(Map<String, Tensor> inputs);

    /**
     * Runs the network in training mode and keeps what {@link #backward} needs.
     *
     * @param stepSeed seed of all randomness of this step (dropout)
     */
    Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed);

    /**
     * Computes the gradients of all parameters, in place of earlier ones.
     *
     * @param outputGradients derivative of the loss by each output; an output left out has gradient zero
     */
    void backward(Map<String, Tensor> outputGradients);

    /** The parameters, their gradients and the running statistics. */
    Parameters parameters();

    /** Number format of the values inside. */
    Precision precision();

    /** Executor, precision, threads and instruction set, for the log. */
    String describe();

    @Override
    void close();
}
