package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.BatchNorm;
import io.lensmill.neural.host.FloatMath;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link BatchNorm} with its optional ReLU: two passes over memory forward, two backward. */
final class BatchNormKernel extends Kernel {

    private final BatchNorm operation;
    private final int channels;
    private final float[] mean;
    private final float[] inverseDeviation;
    private INDArray input;
    private INDArray result;
    /** Channels of a wide row; channel c of an image stands at c, c + channels, …. */
    private int width;

    BatchNormKernel(BatchNorm operation) {
        super(operation.parameters());
        this.operation = operation;
        this.channels = operation.channels();
        this.mean = new float[channels];
        this.inverseDeviation = new float[channels];
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        result = buffer("result", input.shape());
        width = channels * Rows.widening(rows(), channels);
        if (training) {
            measure(HostFloats.read(input));
        } else {
            useRunningStatistics();
        }
        normalise(HostFloats.read(input), HostFloats.write(result));
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer y = HostFloats.read(result);
        parameterGradients(dy, x, y);
        INDArray inputGradient = buffer("inputGradient", input.shape());
        inputGradients(dy, x, y, HostFloats.write(inputGradient));
        return new INDArray[] {inputGradient};
    }

    private int rows() {
        return (int) (input.length() / channels);
    }

    /**
     * Mean and biased variance by pieces of wide rows, merged as in Chan et al. 1979; updates the running statistics.
     */
    private void measure(FloatBuffer x) {
        int wideRows = rows() / (width / channels);
        double[][] means = new double[Rows.pieces(wideRows, width)][];
        double[][] scatters = new double[means.length][];
        int[] counts = new int[means.length];
        Rows.forEach(wideRows, width, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * width);
            x.get(first * width, values, 0, count * width);
            float[] pieceMean = pieceMean(values, count);
            means[piece] = ColumnSums.widen(pieceMean);
            scatters[piece] = ColumnSums.widen(pieceScatter(values, count, pieceMean));
            counts[piece] = count;
        });
        double[] totalMean = new double[channels];
        double[] totalScatter = new double[channels];
        double[] seen = new double[channels];
        for (int piece = 0; piece < counts.length; piece++) {
            for (int i = 0; i < width; i++) {
                int c = i % channels;
                double share = counts[piece] / (seen[c] + counts[piece]);
                double shift = means[piece][i] - totalMean[c];
                totalMean[c] += shift * share;
                totalScatter[c] += scatters[piece][i] + shift * shift * seen[c] * share;
                seen[c] += counts[piece];
            }
        }
        keep(totalMean, totalScatter, rows());
    }

    private float[] pieceMean(float[] values, int count) {
        float[] sum = new float[width];
        for (int row = 0; row < count; row++) {
            int start = row * width;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[start + i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
        }
        return sum;
    }

    private float[] pieceScatter(float[] values, int count, float[] pieceMean) {
        float[] scatter = new float[width];
        for (int row = 0; row < count; row++) {
            int start = row * width;
            for (int i = 0; i < scatter.length; i++) {
                float shifted = values[start + i] - pieceMean[i];
                scatter[i] += shifted * shifted;
            }
        }
        return scatter;
    }

    private void keep(double[] totalMean, double[] totalScatter, int rows) {
        FloatBuffer runningMean = HostFloats.write(parameter("running_mean"));
        FloatBuffer runningVariance = HostFloats.write(parameter("running_var"));
        double momentum = operation.momentum();
        for (int c = 0; c < channels; c++) {
            double biased = totalScatter[c] / rows;
            double unbiased = totalScatter[c] / Math.max(1, rows - 1);
            mean[c] = (float) totalMean[c];
            inverseDeviation[c] = (float) (1 / Math.sqrt(biased + operation.epsilon()));
            runningMean.put(c, (float) ((1 - momentum) * runningMean.get(c) + momentum * totalMean[c]));
            runningVariance.put(c, (float) ((1 - momentum) * runningVariance.get(c) + momentum * unbiased));
        }
    }

    private void useRunningStatistics() {
        FloatBuffer runningMean = HostFloats.read(parameter("running_mean"));
        FloatBuffer runningVariance = HostFloats.read(parameter("running_var"));
        for (int c = 0; c < channels; c++) {
            mean[c] = runningMean.get(c);
            inverseDeviation[c] = (float) (1 / Math.sqrt(runningVariance.get(c) + operation.epsilon()));
        }
    }

    private void normalise(FloatBuffer x, FloatBuffer y) {
        FloatBuffer weight = HostFloats.read(parameter("weight"));
        FloatBuffer bias = HostFloats.read(parameter("bias"));
        float[] scale = wide(c -> weight.get(c) * inverseDeviation[c]);
        float[] shift = wide(bias::get);
        float[] centre = wide(c -> mean[c]);
        float floor = operation.relu() ? 0f : Float.NEGATIVE_INFINITY;
        Rows.forEach(rows() * channels / width, width, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * width);
            x.get(first * width, values, 0, count * width);
            for (int row = 0; row < count; row++) {
                int start = row * width;
                for (int i = 0; i < scale.length; i++) {
                    values[start + i] = Math.max(floor, (values[start + i] - centre[i]) * scale[i] + shift[i]);
                }
            }
            y.put(first * width, values, 0, count * width);
        });
    }

    /** Per channel the sums of g (bias) and of g * xHat (weight), where g is the gradient before the ReLU. */
    private void parameterGradients(FloatBuffer dy, FloatBuffer x, FloatBuffer y) {
        int wideRows = rows() * channels / width;
        double[][] plain = new double[Rows.pieces(wideRows, width)][];
        double[][] weighted = new double[plain.length][];
        float[] centre = wide(c -> mean[c]);
        float[] unit = wide(c -> inverseDeviation[c]);
        Rows.forEach(wideRows, width, (piece, first, count) -> {
            float[] g = masked(dy, y, first, count);
            float[] values = Scratch.ofThread().array(2, count * width);
            x.get(first * width, values, 0, count * width);
            float[] sum = new float[width];
            float[] product = new float[width];
            for (int row = 0; row < count; row++) {
                int start = row * width;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += g[start + i];
                    product[i] += g[start + i] * ((values[start + i] - centre[i]) * unit[i]);
                }
            }
            plain[piece] = ColumnSums.widen(sum);
            weighted[piece] = ColumnSums.widen(product);
        });
        ColumnSums.store(gradient("bias"), plain);
        ColumnSums.store(gradient("weight"), weighted);
    }

    /** dx = weight / deviation * (g - mean(g) - xHat * mean(g xHat)) (Ioffe and Szegedy 2015, section 3). */
    private void inputGradients(FloatBuffer dy, FloatBuffer x, FloatBuffer y, FloatBuffer dx) {
        FloatBuffer weight = HostFloats.read(parameter("weight"));
        FloatBuffer sum = HostFloats.read(gradient("bias"));
        FloatBuffer product = HostFloats.read(gradient("weight"));
        int rows = rows();
        float[] centre = wide(c -> mean[c]);
        float[] scale = wide(c -> weight.get(c) * inverseDeviation[c]);
        float[] meanGradient = wide(c -> sum.get(c) / rows);
        float[] meanProduct = wide(c -> product.get(c) / rows * inverseDeviation[c]);
        Rows.forEach(rows * channels / width, width, (piece, first, count) -> {
            float[] g = masked(dy, y, first, count);
            float[] values = Scratch.ofThread().array(2, count * width);
            x.get(first * width, values, 0, count * width);
            for (int row = 0; row < count; row++) {
                int start = row * width;
                for (int i = 0; i < scale.length; i++) {
                    float along = (values[start + i] - centre[i]) * meanProduct[i];
                    g[start + i] = scale[i] * (g[start + i] - meanGradient[i] - along);
                }
            }
            dx.put(first * width, g, 0, count * width);
        });
    }

    /** The gradient of these rows before the ReLU. */
    private float[] masked(FloatBuffer dy, FloatBuffer y, int first, int count) {
        Scratch scratch = Scratch.ofThread();
        float[] g = scratch.array(0, count * width);
        dy.get(first * width, g, 0, count * width);
        if (operation.relu()) {
            float[] output = scratch.array(1, count * width);
            y.get(first * width, output, 0, count * width);
            for (int i = 0; i < count * width; i++) {
                g[i] *= FloatMath.isPositive(output[i]);
            }
        }
        return g;
    }

    private interface OfChannel {
        float at(int channel);
    }

    /** A value per channel, repeated along a wide row. */
    private float[] wide(OfChannel value) {
        float[] repeated = new float[width];
        for (int i = 0; i < width; i++) {
            repeated[i] = i < channels ? value.at(i) : repeated[i - channels];
        }
        return repeated;
    }
}
