package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.BatchNorm;
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
        if (training) {
            measure(HostFloats.read(input), rows());
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

    /** Mean and biased variance by pieces, merged as in Chan et al. 1979; updates the running statistics. */
    private void measure(FloatBuffer x, int rows) {
        double[][] means = new double[Rows.pieces(rows, channels)][];
        double[][] scatters = new double[means.length][];
        int[] counts = new int[means.length];
        Rows.forEach(rows, channels, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * channels);
            x.get(first * channels, values, 0, count * channels);
            float[] pieceMean = pieceMean(values, count);
            means[piece] = ColumnSums.widen(pieceMean);
            scatters[piece] = ColumnSums.widen(pieceScatter(values, count, pieceMean));
            counts[piece] = count;
        });
        double[] totalMean = new double[channels];
        double[] totalScatter = new double[channels];
        double seen = 0;
        for (int piece = 0; piece < counts.length; piece++) {
            double share = counts[piece] / (seen + counts[piece]);
            for (int c = 0; c < channels; c++) {
                double shift = means[piece][c] - totalMean[c];
                totalMean[c] += shift * share;
                totalScatter[c] += scatters[piece][c] + shift * shift * seen * share;
            }
            seen += counts[piece];
        }
        keep(totalMean, totalScatter, rows);
    }

    private float[] pieceMean(float[] values, int count) {
        float[] sum = new float[channels];
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < channels; c++) {
                sum[c] += values[row * channels + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            sum[c] /= count;
        }
        return sum;
    }

    private float[] pieceScatter(float[] values, int count, float[] pieceMean) {
        float[] scatter = new float[channels];
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < channels; c++) {
                float shifted = values[row * channels + c] - pieceMean[c];
                scatter[c] += shifted * shifted;
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
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = weight.get(c) * inverseDeviation[c];
            shift[c] = bias.get(c) - mean[c] * scale[c];
        }
        float floor = operation.relu() ? 0f : Float.NEGATIVE_INFINITY;
        Rows.forEach(rows(), channels, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * channels);
            x.get(first * channels, values, 0, count * channels);
            for (int row = 0; row < count; row++) {
                int start = row * channels;
                for (int c = 0; c < channels; c++) {
                    values[start + c] = Math.max(floor, values[start + c] * scale[c] + shift[c]);
                }
            }
            y.put(first * channels, values, 0, count * channels);
        });
    }

    /** Per channel the sums of g (bias) and of g * xHat (weight), where g is the gradient before the ReLU. */
    private void parameterGradients(FloatBuffer dy, FloatBuffer x, FloatBuffer y) {
        int pieces = Rows.pieces(rows(), channels);
        double[][] plain = new double[pieces][];
        double[][] weighted = new double[pieces][];
        Rows.forEach(rows(), channels, (piece, first, count) -> {
            float[] g = masked(dy, y, first, count);
            float[] values = Scratch.ofThread().array(2, count * channels);
            x.get(first * channels, values, 0, count * channels);
            float[] sum = new float[channels];
            float[] product = new float[channels];
            for (int row = 0; row < count; row++) {
                int start = row * channels;
                for (int c = 0; c < channels; c++) {
                    float gradient = g[start + c];
                    sum[c] += gradient;
                    product[c] += gradient * ((values[start + c] - mean[c]) * inverseDeviation[c]);
                }
            }
            plain[piece] = ColumnSums.widen(sum);
            weighted[piece] = ColumnSums.widen(product);
        });
        ColumnSums.store(gradient("bias"), plain, channels);
        ColumnSums.store(gradient("weight"), weighted, channels);
    }

    private void inputGradients(FloatBuffer dy, FloatBuffer x, FloatBuffer y, FloatBuffer dx) {
        FloatBuffer weight = HostFloats.read(parameter("weight"));
        FloatBuffer sum = HostFloats.read(gradient("bias"));
        FloatBuffer product = HostFloats.read(gradient("weight"));
        float[] scale = new float[channels];
        float[] meanGradient = new float[channels];
        float[] meanProduct = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = weight.get(c) * inverseDeviation[c];
            meanGradient[c] = sum.get(c) / rows();
            meanProduct[c] = product.get(c) / rows() * inverseDeviation[c];
        }
        Rows.forEach(rows(), channels, (piece, first, count) -> {
            float[] g = masked(dy, y, first, count);
            float[] values = Scratch.ofThread().array(2, count * channels);
            x.get(first * channels, values, 0, count * channels);
            for (int row = 0; row < count; row++) {
                int start = row * channels;
                for (int c = 0; c < channels; c++) {
                    float centred = values[start + c] - mean[c];
                    g[start + c] = scale[c] * (g[start + c] - meanGradient[c] - centred * meanProduct[c]);
                }
            }
            dx.put(first * channels, g, 0, count * channels);
        });
    }

    /** The gradient of these rows before the ReLU. */
    private float[] masked(FloatBuffer dy, FloatBuffer y, int first, int count) {
        Scratch scratch = Scratch.ofThread();
        float[] g = scratch.array(0, count * channels);
        dy.get(first * channels, g, 0, count * channels);
        if (operation.relu()) {
            float[] output = scratch.array(1, count * channels);
            y.get(first * channels, output, 0, count * channels);
            for (int i = 0; i < count * channels; i++) {
                g[i] = output[i] > 0 ? g[i] : 0f;
            }
        }
        return g;
    }
}
