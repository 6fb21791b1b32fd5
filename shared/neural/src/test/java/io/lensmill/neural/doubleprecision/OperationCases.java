package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.NetworkBuilder;
import io.lensmill.neural.NetworkBuilder.Value;
import io.lensmill.neural.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Every operation on its own, and the chains that executors treat as one or that the networks have. */
final class OperationCases {

    private static final int CHANNELS = 6;
    /** More than one block of the widest vector registers, and no multiple of it. */
    private static final int MANY_CHANNELS = 19;

    /** Of batch norm; large enough to be seen in the result. */
    private static final double EPSILON = 0.05;

    private static final double MOMENTUM = 0.3;

    private static final int[] TIMES = {3};

    private OperationCases() {}

    static Stream<OperationCase> all() {
        return Stream.of(convolutions(), normalisations(), others(), attentions(), joinedChains(), networkParts())
                .flatMap(List::stream);
    }

    private static List<OperationCase> convolutions() {
        return List.of(
                onImages("convolution 3x3", (net, x) -> net.convolution("op", x, 5, 3, 1, 1, true)),
                onImages("convolution 3x3, stride 2", (net, x) -> net.convolution("op", x, 5, 3, 2, 1, false)),
                onImages("convolution 3x3, stride 3", (net, x) -> net.convolution("op", x, 5, 3, 3, 1, false)),
                of(
                        "convolution 3x3, stride 2, to four pixels",
                        List.of(new int[] {2, 4, 4, CHANNELS}),
                        (net, x) -> net.convolution("op", x.get(0), 5, 3, 2, 1, false)),
                of(
                        "convolution 3x3 of four pixels",
                        List.of(new int[] {2, 2, 2, CHANNELS}),
                        (net, x) -> net.convolution("op", x.get(0), 5, 3, 1, 1, false)),
                onImages("convolution 1x1", (net, x) -> net.convolution("op", x, 4, 1, 1, 0, true)),
                onImages("convolution 1x1, stride 2", (net, x) -> net.convolution("op", x, 4, 1, 2, 0, false)),
                onImages("convolution 7x7, stride 2", (net, x) -> net.convolution("op", x, 2, 7, 2, 3, true)),
                of(
                        "convolution of many channels",
                        List.of(image(MANY_CHANNELS)),
                        (net, x) -> net.convolution("op", x.get(0), MANY_CHANNELS, 3, 1, 1, true)),
                onVectors("dense", (net, x) -> net.dense("op", x, 4)),
                onVectors(
                        "dense without bias", (net, x) -> net.apply("op", new Operation.Dense(CHANNELS, 4, false), x)));
    }

    private static List<OperationCase> normalisations() {
        return List.of(
                onImages("batch norm", (net, x) -> batchNorm(net, "op", x, false)),
                onImages("batch norm + relu", (net, x) -> batchNorm(net, "op", x, true)),
                onImages("rms norm", (net, x) -> net.rmsNorm("op", x)),
                of("rms norm of many channels", List.of(image(MANY_CHANNELS)), (net, x) -> net.rmsNorm("op", x.get(0))),
                of(
                        "film",
                        List.of(image(CHANNELS), vector(2 * CHANNELS)),
                        (net, x) -> net.apply("op", new Operation.Film(), x.get(0), x.get(1))));
    }

    private static List<OperationCase> others() {
        return List.of(
                onImages("max pool 3x3, stride 2", (net, x) -> net.apply("op", new Operation.MaxPool(3, 2, 1), x)),
                onImages("max pool 2x2", (net, x) -> net.apply("op", new Operation.MaxPool(2, 2, 0), x)),
                onImages("average pool", (net, x) -> net.apply("op", new Operation.GlobalAveragePool(), x)),
                onTwoImages("add", (net, x, y) -> net.apply("op", new Operation.Add(false), x, y)),
                onTwoImages("add + relu", (net, x, y) -> net.apply("op", new Operation.Add(true), x, y)),
                onImages("add to itself", (net, x) -> net.apply("op", new Operation.Add(true), x, x)),
                onTwoImages("concatenate", (net, x, y) -> net.apply("op", new Operation.Concatenate(), x, y)),
                onImages("dropout of images", (net, x) -> net.apply("op", new Operation.Dropout(0.3), x)),
                onVectors("dropout of vectors", (net, x) -> net.apply("op", new Operation.Dropout(0.5), x)),
                onImages("silu of images", (net, x) -> net.apply("op", new Operation.Silu(), x)),
                onVectors("silu of vectors", (net, x) -> net.apply("op", new Operation.Silu(), x)),
                onImages("gelu of images", (net, x) -> net.apply("op", new Operation.Gelu(), x)),
                onVectors("gelu of vectors", (net, x) -> net.apply("op", new Operation.Gelu(), x)),
                onImages("pixel unshuffle", (net, x) -> net.apply("op", new Operation.PixelUnshuffle(), x)),
                onImages("upsample", (net, x) -> net.apply("op", new Operation.UpsampleNearest(), x)),
                onImages("identity", (net, x) -> net.apply("op", new Operation.Identity(), x)),
                of(
                        "sinusoidal embedding + dense",
                        List.of(TIMES),
                        (net, x) -> net.dense(
                                "dense", net.apply("op", new Operation.SinusoidalEmbedding(8, 10_000), x.get(0)), 5)));
    }

    private static List<OperationCase> attentions() {
        return List.of(
                attention("linear attention", 12, new Operation.LinearAttention(2, 2, 3)),
                attention("linear attention, one head", 9, new Operation.LinearAttention(1, 3, 4)),
                attention("full attention", 12, new Operation.FullAttention(2, 2, 3)),
                attention("full attention, one head", 9, new Operation.FullAttention(1, 3, 4)));
    }

    /** What {@code Stages} computes as one, and what stands next to its conditions. */
    private static List<OperationCase> joinedChains() {
        return List.of(
                onImages("convolution + batch norm", (net, x) -> batchNorm(net, "norm", biased(net, x), false)),
                onImages("convolution + batch norm + relu", (net, x) -> batchNorm(net, "norm", biased(net, x), true)),
                onTwoImages(
                        "convolution + add",
                        (net, x, y) -> net.apply("add", new Operation.Add(false), biased(net, x), y)),
                onTwoImages(
                        "convolution + add + relu",
                        (net, x, y) -> net.apply("add", new Operation.Add(true), y, biased(net, x))),
                onTwoImages(
                        "convolution + batch norm + add + relu",
                        (net, x, y) -> net.apply(
                                "add", new Operation.Add(true), batchNorm(net, "norm", biased(net, x), false), y)),
                onTwoImages(
                        "convolution + batch norm + relu + add",
                        (net, x, y) -> net.apply(
                                "add", new Operation.Add(false), batchNorm(net, "norm", biased(net, x), true), y)),
                onImages("convolution + batch norm with two readers", (net, x) -> {
                    Value norm = batchNorm(net, "norm", biased(net, x), false);
                    return net.apply(
                            "add", new Operation.Add(true), norm, net.apply("silu", new Operation.Silu(), norm));
                }),
                onImages(
                        "pixel unshuffle + convolution 1x1",
                        (net, x) -> net.convolution(
                                "conv", net.apply("unshuffle", new Operation.PixelUnshuffle(), x), 5, 1, 1, 0, true)),
                onImages(
                        "pixel unshuffle + convolution 1x1 + batch norm + relu",
                        (net, x) -> batchNorm(
                                net,
                                "norm",
                                net.convolution(
                                        "conv",
                                        net.apply("unshuffle", new Operation.PixelUnshuffle(), x),
                                        5,
                                        1,
                                        1,
                                        0,
                                        false),
                                true)),
                onImages(
                        "pixel unshuffle + convolution 3x3",
                        (net, x) -> net.convolution(
                                "conv", net.apply("unshuffle", new Operation.PixelUnshuffle(), x), 3, 3, 1, 1, true)));
    }

    private static List<OperationCase> networkParts() {
        return List.of(
                onImages(
                        "residual with a shortcut of its own",
                        (net, x) -> net.apply(
                                "add",
                                new Operation.Add(true),
                                batchNorm(net, "norm", biased(net, x), false),
                                batchNorm(
                                        net,
                                        "shortcut.norm",
                                        net.convolution("shortcut", x, CHANNELS, 1, 1, 0, false),
                                        false))),
                of(
                        "rms norm + film + silu",
                        List.of(image(CHANNELS), vector(2 * CHANNELS)),
                        (net, x) -> net.apply(
                                "act",
                                new Operation.Silu(),
                                net.apply("film", new Operation.Film(), net.rmsNorm("norm", x.get(0)), x.get(1)))),
                onImages(
                        "rms norm + silu + convolution",
                        (net, x) -> biased(net, net.apply("act", new Operation.Silu(), net.rmsNorm("norm", x)))),
                onImages("linear attention with its residual", OperationCases::attentionBlock),
                onTwoImages(
                        "concatenate + upsample + convolution",
                        (net, x, y) -> biased(
                                net,
                                net.apply(
                                        "upsample",
                                        new Operation.UpsampleNearest(),
                                        net.apply("concatenate", new Operation.Concatenate(), x, y)))),
                of("time embedding", List.of(TIMES), (net, x) -> {
                    Value t = net.apply("sinus", new Operation.SinusoidalEmbedding(4, 10_000), x.get(0));
                    t = net.apply("gelu", new Operation.Gelu(), net.dense("dense1", t, 8));
                    return net.apply("silu", new Operation.Silu(), net.dense("dense2", t, 8));
                }));
    }

    private static Value attentionBlock(NetworkBuilder net, Value x) {
        Value y = net.convolution("qkv", net.rmsNorm("norm", x), 12, 1, 1, 0, false);
        y = net.apply("attention", new Operation.LinearAttention(2, 2, 4), y);
        y = net.rmsNorm("out.norm", net.convolution("out", y, CHANNELS, 1, 1, 0, true));
        return net.apply("add", new Operation.Add(false), y, x);
    }

    private static Value batchNorm(NetworkBuilder net, String node, Value x, boolean relu) {
        return net.apply(node, new Operation.BatchNorm(x.channels(), relu, EPSILON, MOMENTUM), x);
    }

    private static Value biased(NetworkBuilder net, Value x) {
        return net.convolution("conv", x, CHANNELS, 3, 1, 1, true);
    }

    private interface OfOne {
        Value apply(NetworkBuilder network, Value x);
    }

    private interface OfTwo {
        Value apply(NetworkBuilder network, Value x, Value y);
    }

    private static OperationCase attention(String name, int channels, Operation operation) {
        return of(name, List.of(image(channels)), (net, x) -> net.apply("op", operation, x.get(0)));
    }

    private static OperationCase onImages(String name, OfOne chain) {
        return of(name, List.of(image(CHANNELS)), (net, x) -> chain.apply(net, x.get(0)));
    }

    private static OperationCase onTwoImages(String name, OfTwo chain) {
        return of(name, List.of(image(CHANNELS), image(CHANNELS)), (net, x) -> chain.apply(net, x.get(0), x.get(1)));
    }

    private static OperationCase onVectors(String name, OfOne chain) {
        return of(name, List.of(vector(CHANNELS)), (net, x) -> chain.apply(net, x.get(0)));
    }

    private static OperationCase of(String name, List<int[]> operands, OperationCase.Chain chain) {
        return new OperationCase(name, operands, chain);
    }

    /** Wider than high, so that the two cannot be confused. */
    private static int[] image(int channels) {
        return new int[] {2, 4, 6, channels};
    }

    private static int[] vector(int channels) {
        return new int[] {2, channels};
    }
}
