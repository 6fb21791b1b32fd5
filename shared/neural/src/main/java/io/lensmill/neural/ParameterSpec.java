package io.lensmill.neural;

import java.util.Arrays;

/**
 * One parameter array of an operation.
 *
 * @param name name within its node, as PyTorch calls it
 * @param trainable false: running statistics, which no optimiser touches
 * @param initial how it begins
 * @param fanIn inputs that meet in one output, for {@link Initial#UNIFORM_FAN_IN}
 * @param shape shape in PyTorch's layout: convolution [out, in, kH, kW], linear [out, in]
 */
public record ParameterSpec(String name, boolean trainable, Initial initial, int fanIn, int... shape) {

    public int size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static ParameterSpec weight(String name, int fanIn, int... shape) {
        return new ParameterSpec(name, true, Initial.UNIFORM_FAN_IN, fanIn, shape);
    }

    static ParameterSpec filled(String name, Initial initial, int... shape) {
        return new ParameterSpec(name, true, initial, 0, shape);
    }

    static ParameterSpec statistic(String name, Initial initial, int... shape) {
        return new ParameterSpec(name, false, initial, 0, shape);
    }
}
