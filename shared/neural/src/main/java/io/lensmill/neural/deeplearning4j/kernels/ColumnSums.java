package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums of a matrix over its rows. */
final class ColumnSums {

    private ColumnSums() {}

    /** Writes into result [width] the sum over all rows of values, whose last axis has that width. */
    static void into(INDArray result, INDArray values) {
        int channels = (int) result.length();
        int width = channels * Rows.widening((int) (values.length() / channels), channels);
        int rows = (int) (values.length() / width);
        FloatBuffer in = HostFloats.read(values);
        double[][] partial = new double[Rows.pieces(rows, width)][];
        Rows.forEach(rows, width, (piece, first, count) -> {
            float[] x = Scratch.ofThread().array(0, count * width);
            in.get(first * width, x, 0, count * width);
            float[] sum = new float[width];
            for (int row = 0; row < count; row++) {
                for (int c = 0; c < width; c++) {
                    sum[c] += x[row * width + c];
                }
            }
            partial[piece] = widen(sum);
        });
        store(result, partial);
    }

    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Adds the partial sums in their order and stores them; wide rows are folded to the result's length. */
    static void store(INDArray result, double[][] partial) {
        double[] total = new double[(int) result.length()];
        for (double[] part : partial) {
            for (int i = 0; i < part.length; i++) {
                total[i % total.length] += part[i];
            }
        }
        FloatBuffer out = HostFloats.write(result);
        for (int c = 0; c < total.length; c++) {
            out.put(c, (float) total[c]);
        }
    }
}
