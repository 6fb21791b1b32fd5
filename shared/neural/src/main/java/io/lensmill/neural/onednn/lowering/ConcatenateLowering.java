package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Concatenate;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;

/** {@link Concatenate}: each input is copied to its channels of the result, and its gradient back. */
final class ConcatenateLowering implements Lowering {

    private Slot first;
    private Slot second;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        first = inputs.get(0);
        second = inputs.get(1);
        Slot result = recorder.slot(Layout.images(
                first.type(), first.size(0), first.size(1) + second.size(1), first.size(2), first.size(3)));
        Arithmetic arithmetic = new Arithmetic(recorder);
        arithmetic.copy(first, Views.channels(result, 0, first.size(1)));
        arithmetic.copy(second, Views.channels(result, first.size(1), second.size(1)));
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        give(recorder, resultGradient, sink, 0, first, 0);
        give(recorder, resultGradient, sink, 1, second, first.size(1));
    }

    private static void give(
            Recorder recorder, Slot gradient, GradientSink sink, int index, Slot input, long firstChannel) {
        if (sink.wants(index)) {
            Slot part = recorder.slot(input.layout());
            new Arithmetic(recorder).copy(Views.channels(gradient, firstChannel, input.size(1)), part);
            sink.give(index, part);
        }
    }
}
