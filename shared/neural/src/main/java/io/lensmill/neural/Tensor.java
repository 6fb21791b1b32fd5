package io.lensmill.neural;

import java.util.Arrays;

/**
 * Numbers at the edge of the engine: float32 values in row-major ('c') order and their shape. Inputs, outputs and loss
 * gradients are small beside a network's inside, so they cross as plain Java arrays.
 *
 * @param values the numbers, not copied; as many as the shape's product
 * @param shape sizes, outermost first; images are [n, height, width, channels]
 */
public record Tensor(float[] values, int... shape) {

    /** @throws IllegalArgumentException when the values do not fill the shape */
    public Tensor {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "A tensor of shape " + Arrays.toString(shape) + " cannot have " + values.length + " values");
        }
    }

    public static Tensor zeros(int... shape) {
        return new Tensor(new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
