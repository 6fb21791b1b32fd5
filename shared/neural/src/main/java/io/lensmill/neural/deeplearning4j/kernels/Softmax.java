package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.FloatMath;
import io.lensmill.neural.host.Scratch;
import java.util.Arrays;

/** Softmax over rows and over columns of heap arrays, in place, and its derivative y (g - Σ g y). */
final class Softmax {

    /** Index of the scratch array used here; callers keep to lower ones. */
    private static final int SCRATCH = 7;

    private Softmax() {}

    /** Each row of x [rows, width] becomes scale * softmax. The exponentials of all rows are taken in one long loop. */
    static void rows(float[] x, int rows, int width, float scale) {
        for (int start = 0; start < rows * width; start += width) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = start; i < start + width; i++) {
                largest = Math.max(largest, x[i]);
            }
            for (int i = start; i < start + width; i++) {
                x[i] -= largest;
            }
        }
        exponentials(x, rows * width);
        for (int start = 0; start < rows * width; start += width) {
            float sum = 0;
            for (int i = start; i < start + width; i++) {
                sum += x[i];
            }
            float factor = scale / sum;
            for (int i = start; i < start + width; i++) {
                x[i] *= factor;
            }
        }
    }

    /** For y = scale * softmax(x), the gradient g by y becomes the gradient by x. */
    static void rowBackward(float[] y, float[] g, int start, int width, float scale) {
        float product = 0;
        for (int i = start; i < start + width; i++) {
            product += g[i] * y[i];
        }
        product /= scale;
        for (int i = start; i < start + width; i++) {
            g[i] = y[i] * (g[i] - product);
        }
    }

    /** Softmax down each column of x [rows, width]. */
    static void columns(float[] x, int rows, int width) {
        float[] largest = new float[width];
        float[] sum = new float[width];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                largest[c] = Math.max(largest[c], x[row * width + c]);
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                x[row * width + c] -= largest[c];
            }
        }
        exponentials(x, rows * width);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                sum[c] += x[row * width + c];
            }
        }
        for (int c = 0; c < width; c++) {
            sum[c] = 1f / sum[c];
        }
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                x[row * width + c] *= sum[c];
            }
        }
    }

    /** The gradient g by y = columns(x) becomes the gradient by x. */
    static void columnsBackward(float[] y, float[] g, int rows, int width) {
        float[] product = new float[width];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                product[c] += g[row * width + c] * y[row * width + c];
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                g[row * width + c] = y[row * width + c] * (g[row * width + c] - product[c]);
            }
        }
    }

    private static void exponentials(float[] x, int count) {
        FloatMath.exp(x, count, Scratch.ofThread().array(SCRATCH, count));
    }
}
