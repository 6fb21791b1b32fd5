package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Identity;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.memory.data_type;

/** {@link Identity}: an output of the network, in float32. */
final class IdentityLowering implements Lowering {

    private data_type sourceType;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        sourceType = inputs.get(0).type();
        return new Arithmetic(recorder).inType(inputs.get(0), data_type.f32);
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (sink.wants(0)) {
            sink.give(0, new Arithmetic(recorder).inType(resultGradient, sourceType));
        }
    }
}
