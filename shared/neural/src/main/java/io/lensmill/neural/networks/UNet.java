package io.lensmill.neural.networks;

import io.lensmill.neural.NetworkBuilder;
import io.lensmill.neural.NetworkBuilder.Value;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Operation;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Denoising U-Net (Ho et al. 2020, in the form of denoising-diffusion-pytorch 2.3, which the seeds used): residual
 * blocks with RMS norm and FiLM by time, linear attention on every level, full attention at the bottom. Inputs "image"
 * [n, h, w, 1] in [-1, 1] and "time" [n]; with classes also "class" [n, classes], 1 at the image's class and 0
 * elsewhere, or 0 throughout where no class is told; output "prediction" [n, h, w, 1]. Node names are those of that
 * package's modules, so its state dict fits.
 */
public final class UNet {

    private static final int MEMORY_TOKENS = 4;
    private static final double LONGEST_PERIOD = 10_000;

    private final UNetConfig config;
    private final NetworkBuilder net = new NetworkBuilder("unet");
    private final int levels;
    private Value time;

    private UNet(UNetConfig config) {
        this.config = config;
        this.levels = config.multipliers().size();
    }

    public static NetworkDefinition define(UNetConfig config) {
        return new UNet(config).build();
    }

    private NetworkDefinition build() {
        Value image = net.input("image", 1);
        time = timeEmbedding(net.input("time", 1));
        Value first = net.convolution("init_conv", image, config.dim(), 7, 1, 3, true);
        Deque<Value> skips = new ArrayDeque<>();
        Value x = first;
        for (int level = 0; level < levels; level++) {
            x = down(level, x, skips);
        }
        x = residual("mid_block1", x, x.channels());
        x = attention("mid_attn", x, true);
        x = residual("mid_block2", x, x.channels());
        for (int step = 0; step < levels; step++) {
            x = up(step, x, skips);
        }
        x = residual("final_res_block", concatenate("final_concat", x, first), config.dim());
        net.output("prediction", net.convolution("final_conv", x, 1, 1, 1, 0, true));
        return net.build();
    }

    private Value timeEmbedding(Value input) {
        int channels = 4 * config.dim();
        Value t = net.apply("time_mlp.0", new Operation.SinusoidalEmbedding(config.dim(), LONGEST_PERIOD), input);
        t = net.apply("time_mlp.2", new Operation.Gelu(), net.dense("time_mlp.1", t, channels));
        // Every residual block begins its own time branch with SiLU: computed once here for all of them.
        t = net.dense("time_mlp.3", t, channels);
        if (config.classes() > 0) {
            // As Dhariwal and Nichol 2021 (section 3.1): the class is told where the time is.
            Value which = net.dense("class_embedding", net.input("class", config.classes()), channels);
            t = net.apply("class_add", new Operation.Add(false), t, which);
        }
        return net.apply("time_silu", new Operation.Silu(), t);
    }

    private Value down(int level, Value input, Deque<Value> skips) {
        String name = "downs." + level;
        boolean last = level == levels - 1;
        Value x = residual(name + ".0", input, input.channels());
        skips.push(x);
        x = residual(name + ".1", x, x.channels());
        x = attention(name + ".2", x, last);
        skips.push(x);
        int out = channels(level + 1);
        if (last) {
            return net.convolution(name + ".3", x, out, 3, 1, 1, true);
        }
        Value folded = net.apply(name + ".3.0", new Operation.PixelUnshuffle(), x);
        return net.convolution(name + ".3.1", folded, out, 1, 1, 0, true);
    }

    private Value up(int step, Value input, Deque<Value> skips) {
        String name = "ups." + step;
        int level = levels - 1 - step;
        int out = channels(level + 1);
        Value x = residual(name + ".0", concatenate(name + ".concat0", input, skips.pop()), out);
        x = residual(name + ".1", concatenate(name + ".concat1", x, skips.pop()), out);
        x = attention(name + ".2", x, level == levels - 1);
        if (level == 0) {
            return net.convolution(name + ".3", x, channels(level), 3, 1, 1, true);
        }
        Value grown = net.apply(name + ".3.0", new Operation.UpsampleNearest(), x);
        return net.convolution(name + ".3.1", grown, channels(level), 3, 1, 1, true);
    }

    private Value residual(String name, Value x, int out) {
        Value film = net.dense(name + ".mlp.1", time, 2 * out);
        Value h = net.convolution(name + ".block1.proj", x, out, 3, 1, 1, true);
        h = net.rmsNorm(name + ".block1.norm", h);
        h = net.apply(name + ".block1.film", new Operation.Film(), h, film);
        h = net.apply(name + ".block1.act", new Operation.Silu(), h);
        h = net.convolution(name + ".block2.proj", h, out, 3, 1, 1, true);
        h = net.rmsNorm(name + ".block2.norm", h);
        h = net.apply(name + ".block2.act", new Operation.Silu(), h);
        Value skip = x.channels() == out ? x : net.convolution(name + ".res_conv", x, out, 1, 1, 0, true);
        return net.apply(name + ".add", new Operation.Add(false), h, skip);
    }

    /** Attention and the residual connection around it. */
    private Value attention(String name, Value x, boolean full) {
        int heads = config.attentionHeads();
        int headDim = config.attentionHeadDim();
        Value y = net.rmsNorm(name + ".norm", x);
        y = net.convolution(name + ".to_qkv", y, 3 * heads * headDim, 1, 1, 0, false);
        if (full) {
            y = net.apply(name, new Operation.FullAttention(heads, headDim, MEMORY_TOKENS), y);
            y = net.convolution(name + ".to_out", y, x.channels(), 1, 1, 0, true);
        } else {
            y = net.apply(name, new Operation.LinearAttention(heads, headDim, MEMORY_TOKENS), y);
            y = net.convolution(name + ".to_out.0", y, x.channels(), 1, 1, 0, true);
            y = net.rmsNorm(name + ".to_out.1", y);
        }
        return net.apply(name + ".add", new Operation.Add(false), y, x);
    }

    private Value concatenate(String name, Value a, Value b) {
        return net.apply(name, new Operation.Concatenate(), a, b);
    }

    /** Channels entering level k; level 0 is entered with dim. */
    private int channels(int level) {
        return level == 0 ? config.dim() : config.dim() * config.multipliers().get(level - 1);
    }
}
