package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Film;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.data_type;

/** {@link Film}: a product and a sum with one number per image and channel each. */
final class FilmLowering implements Lowering {

    private Slot source;
    private Slot scale;
    private Slot settings;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        settings = inputs.get(1);
        long channels = source.size(1);
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot plain = half(recorder, 0, channels);
        scale = arithmetic.pointwise("film scale", algorithm.eltwise_linear, plain, 1, 1);
        Slot shift = half(recorder, channels, channels);
        Slot scaled = arithmetic.binary("film", algorithm.binary_mul, source, Views.onePixel(scale));
        return arithmetic.binary("film", algorithm.binary_add, scaled, Views.onePixel(shift));
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        if (sink.wants(0)) {
            sink.give(
                    0, arithmetic.binary("film backward", algorithm.binary_mul, resultGradient, Views.onePixel(scale)));
        }
        if (sink.wants(1)) {
            long n = settings.size(0);
            long channels = source.size(1);
            Slot gradient = recorder.slot(Layout.dense(data_type.f32, n, 2 * channels));
            Slot product = arithmetic.binary("film backward", algorithm.binary_mul, resultGradient, source);
            arithmetic.sumMiddle("film backward", Views.pixels(product), halfRow(gradient, 0, channels), 1);
            arithmetic.sumMiddle(
                    "film backward", Views.pixels(resultGradient), halfRow(gradient, channels, channels), 1);
            sink.give(1, gradient);
        }
    }

    /** A dense copy of the scales or the shifts: [n, channels]. */
    private Slot half(Recorder recorder, long first, long channels) {
        Slot copy = recorder.slot(Layout.dense(data_type.f32, settings.size(0), channels));
        new Arithmetic(recorder).copy(Views.columns(settings, first, channels), copy);
        return copy;
    }

    /** Part of a gradient [n, 2 channels] as [n, 1, channels]. */
    private static Slot halfRow(Slot gradient, long first, long channels) {
        long width = gradient.size(1);
        long[] dims = {gradient.size(0), 1, channels};
        long[] strides = {width, width, 1};
        return gradient.view(Layout.strided(data_type.f32, dims, strides), first * Float.BYTES);
    }
}
