package io.lensmill.neural;

import static io.lensmill.neural.Initial.NORMAL;
import static io.lensmill.neural.Initial.ONES;
import static io.lensmill.neural.Initial.ZEROS;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node of a network computes. Activations are [n, height, width, channels] ("NHWC") or [n, channels]; weights
 * have PyTorch's layout, so that parameter files need no reordering. Padding is symmetric, as PyTorch's.
 */
public sealed interface Operation {

    /** Parameter arrays, trainable ones first. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /** Channels of the result. */
    int outputChannels(int... inputChannels);

    /** Square convolution with stride and symmetric padding. */
    record Convolution(int in, int out, int kernel, int stride, int padding, boolean bias) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            int fanIn = in * kernel * kernel;
            return withBias(ParameterSpec.weight("weight", fanIn, out, in, kernel, kernel), fanIn, out, bias);
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return out;
        }
    }

    /** y = x Wᵀ + b over the last axis of [n, in]. */
    record Dense(int in, int out, boolean bias) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return withBias(ParameterSpec.weight("weight", in, out, in), in, out, bias);
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return out;
        }
    }

    /**
     * Batch normalisation (Ioffe and Szegedy 2015), optionally with ReLU. As PyTorch: the biased variance normalises,
     * the unbiased one enters the running variance.
     */
    record BatchNorm(int channels, boolean relu, double epsilon, double momentum) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    ParameterSpec.filled("weight", ONES, channels),
                    ParameterSpec.filled("bias", ZEROS, channels),
                    ParameterSpec.statistic("running_mean", ZEROS, channels),
                    ParameterSpec.statistic("running_var", ONES, channels));
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return channels;
        }
    }

    /** Largest value of each window; padding never wins. */
    record MaxPool(int kernel, int stride, int padding) implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** Mean over height and width: [n, h, w, c] to [n, c]. */
    record GlobalAveragePool() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** Sum of two inputs, optionally with ReLU. */
    record Add(boolean relu) implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** In training sets each value to zero with this probability and scales the others by 1 / (1 - rate). */
    record Dropout(double rate) implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** x / |x| * sqrt(channels) * g over the channels of each pixel (Zhang and Sennrich 2019). */
    record RmsNorm(int channels) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(ParameterSpec.filled("g", ONES, 1, channels, 1, 1));
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return channels;
        }
    }

    /** x * (1 + scale) + shift; the second input is [n, 2c] = (scale, shift) (Perez et al. 2018, FiLM). */
    record Film() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** x * sigmoid(x). */
    record Silu() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** x * Phi(x) with the exact normal distribution function (Hendrycks and Gimpel 2016). */
    record Gelu() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /**
     * Linear attention with memory tokens (Katharopoulos et al. 2020, in the form of denoising-diffusion-pytorch):
     * softmax(q over its dimensions) / sqrt(headDim) times (softmax(k over tokens)ᵀ v). Input [n, h, w, 3 * heads *
     * headDim] = (q, k, v), result [n, h, w, heads * headDim].
     */
    record LinearAttention(int heads, int headDim, int memoryTokens) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(ParameterSpec.filled("mem_kv", NORMAL, 2, heads, headDim, memoryTokens));
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return heads * headDim;
        }
    }

    /** softmax(q kᵀ / sqrt(headDim)) v with memory tokens (Vaswani et al. 2017, equation 1). Shapes as above. */
    record FullAttention(int heads, int headDim, int memoryTokens) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(ParameterSpec.filled("mem_kv", NORMAL, 2, heads, memoryTokens, headDim));
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return heads * headDim;
        }
    }

    /** Moves 2 x 2 neighbours into channels: [n, h, w, c] to [n, h/2, w/2, 4c], channel order (c, row, column). */
    record PixelUnshuffle() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return 4 * inputChannels[0];
        }
    }

    /** Repeats each pixel in a 2 x 2 square. */
    record UpsampleNearest() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    /** Joins the channels of two inputs. */
    record Concatenate() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0] + inputChannels[1];
        }
    }

    /** Sines and cosines of a time [n] at geometric frequencies (Ho et al. 2020, appendix B): [n, channels]. */
    record SinusoidalEmbedding(int channels, double longestPeriod) implements Operation {

        /** Writes for every time the sines of all frequencies, then the cosines. */
        public void embed(FloatBuffer times, FloatBuffer result) {
            int half = channels / 2;
            double logStep = Math.log(longestPeriod) / (half - 1);
            for (int i = 0; i < times.capacity(); i++) {
                for (int k = 0; k < half; k++) {
                    double angle = times.get(i) * Math.exp(-logStep * k);
                    result.put(i * channels + k, (float) Math.sin(angle));
                    result.put(i * channels + half + k, (float) Math.cos(angle));
                }
            }
        }

        @Override
        public int outputChannels(int... inputChannels) {
            return channels;
        }
    }

    /** The input itself, so that an inner value can be an output of the network. */
    record Identity() implements Operation {
        @Override
        public int outputChannels(int... inputChannels) {
            return inputChannels[0];
        }
    }

    private static List<ParameterSpec> withBias(ParameterSpec weight, int fanIn, int out, boolean bias) {
        List<ParameterSpec> all = new ArrayList<>(List.of(weight));
        if (bias) {
            all.add(ParameterSpec.weight("bias", fanIn, out));
        }
        return all;
    }
}
