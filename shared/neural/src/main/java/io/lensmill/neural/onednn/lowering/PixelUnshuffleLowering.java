package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.PixelUnshuffle;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;

/** {@link PixelUnshuffle} on its own, as a copy. Before a 1x1 convolution it becomes part of that. */
final class PixelUnshuffleLowering implements Lowering {

    private Slot source;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        Slot result = recorder.slot(Layout.images(
                source.type(), source.size(0), 4 * source.size(1), source.size(2) / 2, source.size(3) / 2));
        new Arithmetic(recorder).copy(blocks(source), folded(result));
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (sink.wants(0)) {
            Slot gradient = recorder.slot(source.layout());
            new Arithmetic(recorder).copy(folded(resultGradient), blocks(gradient));
            sink.give(0, gradient);
        }
    }

    private long[] dims() {
        return new long[] {source.size(0), source.size(2) / 2, source.size(3) / 2, source.size(1), 2, 2};
    }

    /** The large image as [n, h / 2, w / 2, c, row, column]. */
    private Slot blocks(Slot image) {
        long channels = source.size(1);
        long width = source.size(3);
        long[] strides = {
            source.size(2) * width * channels, 2 * width * channels, 2 * channels, 1, width * channels, channels
        };
        return image.as(Layout.strided(image.type(), dims(), strides));
    }

    /** The result as [n, h / 2, w / 2, c, row, column]: dense. */
    private Slot folded(Slot result) {
        return result.as(Layout.dense(result.type(), dims()));
    }
}
