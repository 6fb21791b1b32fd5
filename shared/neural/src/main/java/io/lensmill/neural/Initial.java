package io.lensmill.neural;

/** How a parameter begins. */
public enum Initial {
    /** All zero. */
    ZEROS,
    /** All one. */
    ONES,
    /** Uniform in [-1/sqrt(fanIn), 1/sqrt(fanIn)): PyTorch's default of convolution and linear layers. */
    UNIFORM_FAN_IN,
    /** Standard normal. */
    NORMAL
}
