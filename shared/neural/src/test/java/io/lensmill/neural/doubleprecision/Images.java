package io.lensmill.neural.doubleprecision;

/** Operations over the pixels of images [n, height, width, channels]. */
final class Images {

    private Images() {}

    /** @param weight [out, in, kernel, kernel] */
    static DoubleArray convolution(DoubleArray x, DoubleArray weight, DoubleArray bias, int stride, int padding) {
        int out = weight.size(0);
        int kernel = weight.size(2);
        DoubleArray result = windows(x, out, kernel, stride, padding);
        forEachPixel(result, (image, row, column) -> {
            for (int o = 0; o < out; o++) {
                double sum = bias.values()[o];
                for (int i = 0; i < kernel; i++) {
                    for (int j = 0; j < kernel; j++) {
                        int y = row * stride + i - padding;
                        int z = column * stride + j - padding;
                        for (int c = 0; inside(x, y, z) && c < x.channels(); c++) {
                            int tap = ((o * x.channels() + c) * kernel + i) * kernel + j;
                            sum += x.values()[x.pixel(image, y, z) + c] * weight.values()[tap];
                        }
                    }
                }
                result.values()[result.pixel(image, row, column) + o] = sum;
            }
        });
        return result;
    }

    static DoubleArray maxPool(DoubleArray x, int kernel, int stride, int padding) {
        DoubleArray result = windows(x, x.channels(), kernel, stride, padding);
        forEachPixel(result, (image, row, column) -> {
            for (int c = 0; c < x.channels(); c++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int y = row * stride - padding; y < row * stride - padding + kernel; y++) {
                    for (int z = column * stride - padding; z < column * stride - padding + kernel; z++) {
                        if (inside(x, y, z)) {
                            largest = Math.max(largest, x.values()[x.pixel(image, y, z) + c]);
                        }
                    }
                }
                result.values()[result.pixel(image, row, column) + c] = largest;
            }
        });
        return result;
    }

    static DoubleArray globalAveragePool(DoubleArray x) {
        DoubleArray result = DoubleArray.zeros(x.size(0), x.channels());
        forEachPixel(x, (image, row, column) -> {
            for (int c = 0; c < x.channels(); c++) {
                result.values()[image * x.channels() + c] +=
                        x.values()[x.pixel(image, row, column) + c] / (x.size(1) * x.size(2));
            }
        });
        return result;
    }

    /** Result channel 4 c + 2 row + column of the pixel's place in its square. */
    static DoubleArray pixelUnshuffle(DoubleArray x) {
        DoubleArray result = DoubleArray.zeros(x.size(0), x.size(1) / 2, x.size(2) / 2, 4 * x.channels());
        forEachPixel(x, (image, row, column) -> {
            for (int c = 0; c < x.channels(); c++) {
                result.values()[result.pixel(image, row / 2, column / 2) + 4 * c + 2 * (row % 2) + column % 2] =
                        x.values()[x.pixel(image, row, column) + c];
            }
        });
        return result;
    }

    static DoubleArray upsampleNearest(DoubleArray x) {
        DoubleArray result = DoubleArray.zeros(x.size(0), 2 * x.size(1), 2 * x.size(2), x.channels());
        forEachPixel(
                result,
                (image, row, column) -> System.arraycopy(
                        x.values(),
                        x.pixel(image, row / 2, column / 2),
                        result.values(),
                        result.pixel(image, row, column),
                        x.channels()));
        return result;
    }

    static DoubleArray concatenate(DoubleArray a, DoubleArray b) {
        DoubleArray result = DoubleArray.zeros(a.size(0), a.size(1), a.size(2), a.channels() + b.channels());
        for (int row = 0; row < result.rows(); row++) {
            int start = row * result.channels();
            System.arraycopy(a.values(), row * a.channels(), result.values(), start, a.channels());
            System.arraycopy(b.values(), row * b.channels(), result.values(), start + a.channels(), b.channels());
        }
        return result;
    }

    private interface Pixel {
        void visit(int image, int row, int column);
    }

    private static void forEachPixel(DoubleArray x, Pixel pixel) {
        for (int image = 0; image < x.size(0); image++) {
            for (int row = 0; row < x.size(1); row++) {
                for (int column = 0; column < x.size(2); column++) {
                    pixel.visit(image, row, column);
                }
            }
        }
    }

    /** Zeros, a pixel for every place of the window. */
    private static DoubleArray windows(DoubleArray x, int channels, int kernel, int stride, int padding) {
        return DoubleArray.zeros(
                x.size(0),
                (x.size(1) + 2 * padding - kernel) / stride + 1,
                (x.size(2) + 2 * padding - kernel) / stride + 1,
                channels);
    }

    private static boolean inside(DoubleArray x, int row, int column) {
        return row >= 0 && row < x.size(1) && column >= 0 && column < x.size(2);
    }
}
