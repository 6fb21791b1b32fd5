package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.SinusoidalEmbedding;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.memory.data_type;

/** {@link SinusoidalEmbedding}, on the host: a few numbers per image. Has no gradient. */
final class SinusoidalEmbeddingLowering implements Lowering {

    private final SinusoidalEmbedding operation;

    SinusoidalEmbeddingLowering(SinusoidalEmbedding operation) {
        this.operation = operation;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        Slot time = inputs.get(0);
        Slot result = recorder.slot(Layout.dense(data_type.f32, time.size(0), operation.channels()));
        recorder.host("time embedding", List.of(time, result), seed -> operation.embed(time.floats(), result.floats()));
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        // Times are given, not learned.
    }
}
