package io.lensmill.neural.networks;

import io.lensmill.neural.NetworkBuilder;
import io.lensmill.neural.NetworkBuilder.Value;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Operation;

/**
 * Residual network (He et al. 2016, table 1) for grey images: input "image" [n, h, w, 1], outputs "logits" [n, classes]
 * and "features" [n, embeddingSize], the pooled features before dropout. Node names are those of the seeds' PyTorch
 * module, so their state dict fits.
 */
public final class ResNet {

    private static final int STEM_KERNEL = 7;
    private static final int BOTTLENECK_EXPANSION = 4;

    private final NetworkBuilder net;
    private final ResNetConfig config;

    private ResNet(ResNetConfig config) {
        this.config = config;
        this.net = new NetworkBuilder("resnet");
    }

    public static NetworkDefinition define(ResNetConfig config) {
        return new ResNet(config).build();
    }

    private NetworkDefinition build() {
        Value x = stem(net.input("image", 1));
        for (int stage = 0; stage < config.blocks().size(); stage++) {
            for (int block = 0; block < config.blocks().get(stage); block++) {
                String name = "layer" + stage + "." + block;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = config.bottleneck() ? bottleneck(name, x, stage, stride) : basic(name, x, stage, stride);
            }
        }
        Value features = net.apply("pool", new Operation.GlobalAveragePool(), x);
        net.output("features", features);
        Value dropped = config.dropout() > 0
                ? net.apply("dropout", new Operation.Dropout(config.dropout()), features)
                : features;
        net.output("logits", net.dense("fc", dropped, config.classes()));
        return net.build();
    }

    private Value stem(Value image) {
        Value x = net.convolution("conv1.0", image, config.width(), STEM_KERNEL, 2, STEM_KERNEL / 2, true);
        x = net.batchNorm("conv1.1", x, true);
        return config.stemPooling() ? net.apply("maxpool", new Operation.MaxPool(3, 2, 1), x) : x;
    }

    private Value basic(String name, Value x, int stage, int stride) {
        int channels = config.width() << stage;
        Value y = net.convolution(name + ".conv1.0", x, channels, 3, stride, 1, false);
        y = net.batchNorm(name + ".conv1.1", y, true);
        y = net.convolution(name + ".conv2.0", y, channels, 3, 1, 1, false);
        y = net.batchNorm(name + ".conv2.1", y, false);
        return net.apply(name + ".add", new Operation.Add(true), y, skip(name, x, channels, stride));
    }

    private Value bottleneck(String name, Value x, int stage, int stride) {
        int channels = config.width() << stage;
        int out = channels * BOTTLENECK_EXPANSION;
        Value y = net.convolution(name + ".conv1.0", x, channels, 1, 1, 0, false);
        y = net.batchNorm(name + ".conv1.1", y, true);
        y = net.convolution(name + ".conv2.0", y, channels, 3, stride, 1, false);
        y = net.batchNorm(name + ".conv2.1", y, true);
        y = net.convolution(name + ".conv3.0", y, out, 1, 1, 0, false);
        y = net.batchNorm(name + ".conv3.1", y, false);
        return net.apply(name + ".add", new Operation.Add(true), y, skip(name, x, out, stride));
    }

    private Value skip(String name, Value x, int channels, int stride) {
        if (x.channels() == channels && stride == 1) {
            return x;
        }
        Value y = net.convolution(name + ".downsample.0", x, channels, 1, stride, 0, false);
        return net.batchNorm(name + ".downsample.1", y, false);
    }
}
