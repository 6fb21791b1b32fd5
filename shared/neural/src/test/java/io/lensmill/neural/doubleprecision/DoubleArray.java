package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@link Tensor} in double precision.
 *
 * @param values the numbers in row-major order, not copied
 * @param shape sizes, outermost first; images are [n, height, width, channels]
 */
record DoubleArray(double[] values, int... shape) {

    static DoubleArray zeros(int... shape) {
        return new DoubleArray(new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    static DoubleArray of(Tensor tensor) {
        double[] values = new double[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
        }
        return new DoubleArray(values, tensor.shape());
    }

    int size(int axis) {
        return shape[axis];
    }

    int channels() {
        return shape[shape.length - 1];
    }

    /** Number of channel vectors: pixels of all images, or images where there are no pixels. */
    int rows() {
        return values.length / channels();
    }

    /** Where the channels of a pixel start. */
    int pixel(int image, int row, int column) {
        return ((image * shape[1] + row) * shape[2] + column) * shape[3];
    }

    DoubleArray map(DoubleUnaryOperator function) {
        return new DoubleArray(Arrays.stream(values).map(function).toArray(), shape);
    }
}
