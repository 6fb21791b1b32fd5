package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.DropoutMask;
import io.lensmill.neural.Operation.Dropout;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.data_type;

/** {@link Dropout}: a mask that follows from the step's seed, drawn on the host. */
final class DropoutLowering implements Lowering {

    private final Dropout operation;
    private final int position;
    private Slot mask;

    /** @param position index of the node in the definition: nodes draw different masks */
    DropoutLowering(Dropout operation, int position) {
        this.operation = operation;
        this.position = position;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        Slot source = inputs.get(0);
        if (!recorder.training()) {
            return source;
        }
        mask = recorder.slot(
                source.rank() == 4
                        ? Layout.images(data_type.f32, source.size(0), source.size(1), source.size(2), source.size(3))
                        : Layout.dense(data_type.f32, source.size(0), source.size(1)));
        Slot drawn = mask;
        recorder.host("dropout mask", List.of(drawn), seed -> {
            FloatBuffer target = drawn.floats();
            target.put(0, DropoutMask.draw(operation.rate(), target.capacity(), seed, position));
        });
        return masked(recorder, source);
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (sink.wants(0)) {
            sink.give(0, masked(recorder, resultGradient));
        }
    }

    private Slot masked(Recorder recorder, Slot values) {
        return new Arithmetic(recorder).binary("dropout", algorithm.binary_mul, values, mask);
    }
}
