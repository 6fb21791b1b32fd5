package io.lensmill.neural.doubleprecision;

/** Normalisation over a batch or over the channels of a pixel. */
final class Normalisation {

    private Normalisation() {}

    /** Mean and variance of each channel. */
    record Statistics(double[] mean, double[] variance) {}

    /** Of all pixels of all images, with the biased variance. */
    static Statistics statistics(DoubleArray x) {
        int channels = x.channels();
        double[] mean = new double[channels];
        double[] variance = new double[channels];
        for (int i = 0; i < x.values().length; i++) {
            mean[i % channels] += x.values()[i] / x.rows();
        }
        for (int i = 0; i < x.values().length; i++) {
            variance[i % channels] += Math.pow(x.values()[i] - mean[i % channels], 2) / x.rows();
        }
        return new Statistics(mean, variance);
    }

    /** The running statistics after a batch of so many rows; as in PyTorch the unbiased variance enters. */
    static Statistics blend(Statistics running, Statistics batch, int rows, double momentum) {
        int channels = running.mean().length;
        double[] mean = new double[channels];
        double[] variance = new double[channels];
        for (int c = 0; c < channels; c++) {
            double unbiased = batch.variance()[c] * rows / (rows - 1);
            mean[c] = (1 - momentum) * running.mean()[c] + momentum * batch.mean()[c];
            variance[c] = (1 - momentum) * running.variance()[c] + momentum * unbiased;
        }
        return new Statistics(mean, variance);
    }

    static DoubleArray batchNorm(
            DoubleArray x, Statistics statistics, DoubleArray weight, DoubleArray bias, double epsilon) {
        DoubleArray result = DoubleArray.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            int c = i % x.channels();
            double centred = x.values()[i] - statistics.mean()[c];
            result.values()[i] =
                    centred / Math.sqrt(statistics.variance()[c] + epsilon) * weight.values()[c] + bias.values()[c];
        }
        return result;
    }

    /** x / |x| * sqrt(channels) * gain in every row. */
    static DoubleArray rmsNorm(DoubleArray x, DoubleArray gain) {
        DoubleArray result = DoubleArray.zeros(x.shape());
        int channels = x.channels();
        for (int row = 0; row < x.rows(); row++) {
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                squares += Math.pow(x.values()[row * channels + c], 2);
            }
            for (int c = 0; c < channels; c++) {
                int i = row * channels + c;
                result.values()[i] = x.values()[i] / Math.sqrt(squares) * Math.sqrt(channels) * gain.values()[c];
            }
        }
        return result;
    }
}
