package io.lensmill.neural.doubleprecision;

/** Operations over single values, and over the channels of single rows. */
final class Pointwise {

    private Pointwise() {}

    static double relu(double x) {
        return Math.max(x, 0);
    }

    static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    static double gelu(double x) {
        return x * 0.5 * (1 + errorFunction(x / Math.sqrt(2)));
    }

    /** 2/√π exp(-x²) Σ 2ᵏ x²ᵏ⁺¹ / (1·3·…·(2k+1)), whose terms all have one sign; Abramowitz and Stegun 1964, 7.1.6. */
    private static double errorFunction(double x) {
        double term = x;
        double sum = 0;
        for (int k = 0; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
            sum += term;
            term *= 2 * x * x / (2 * k + 3);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    static DoubleArray add(DoubleArray a, DoubleArray b) {
        DoubleArray sum = DoubleArray.zeros(a.shape());
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] = a.values()[i] + b.values()[i];
        }
        return sum;
    }

    static DoubleArray multiply(DoubleArray x, float[] mask) {
        DoubleArray product = DoubleArray.zeros(x.shape());
        for (int i = 0; i < mask.length; i++) {
            product.values()[i] = x.values()[i] * mask[i];
        }
        return product;
    }

    /** @param weight [out, in] */
    static DoubleArray dense(DoubleArray x, DoubleArray weight, DoubleArray bias) {
        int in = weight.size(1);
        int out = weight.size(0);
        DoubleArray result = DoubleArray.zeros(x.size(0), out);
        for (int row = 0; row < x.size(0); row++) {
            for (int o = 0; o < out; o++) {
                double sum = bias.values()[o];
                for (int i = 0; i < in; i++) {
                    sum += x.values()[row * in + i] * weight.values()[o * in + i];
                }
                result.values()[row * out + o] = sum;
            }
        }
        return result;
    }

    /** @param film [n, 2 channels] = (scale, shift) */
    static DoubleArray film(DoubleArray x, DoubleArray film) {
        DoubleArray result = DoubleArray.zeros(x.shape());
        int channels = x.channels();
        int perImage = x.values().length / x.size(0);
        for (int i = 0; i < x.values().length; i++) {
            int scale = i / perImage * 2 * channels + i % channels;
            result.values()[i] = x.values()[i] * (1 + film.values()[scale]) + film.values()[scale + channels];
        }
        return result;
    }

    /** sin(t w) and cos(t w), w falling from 1 to 1 / longestPeriod in equal ratios. */
    static DoubleArray sinusoidalEmbedding(DoubleArray times, int channels, double longestPeriod) {
        DoubleArray result = DoubleArray.zeros(times.size(0), channels);
        int half = channels / 2;
        for (int i = 0; i < times.size(0); i++) {
            for (int k = 0; k < half; k++) {
                double angle = times.values()[i] * Math.pow(longestPeriod, -k / (half - 1.0));
                result.values()[i * channels + k] = Math.sin(angle);
                result.values()[i * channels + half + k] = Math.cos(angle);
            }
        }
        return result;
    }
}
