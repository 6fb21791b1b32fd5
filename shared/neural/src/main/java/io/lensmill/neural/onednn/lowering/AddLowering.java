package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Add;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** {@link Add} with its optional ReLU. */
final class AddLowering implements Lowering {

    private final Add operation;
    private Slot result;

    AddLowering(Add operation) {
        this.operation = operation;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        result = new Arithmetic(recorder)
                .binary("add", algorithm.binary_add, inputs.get(0), inputs.get(1), operation.relu());
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Slot gradient = resultGradient;
        if (operation.relu()) {
            gradient = new Arithmetic(recorder)
                    .pointwiseBackward(
                            "add backward",
                            algorithm.eltwise_relu_use_dst_for_bwd,
                            dnnl.DNNL_ARG_DST,
                            result,
                            resultGradient,
                            0);
        }
        sink.give(0, gradient);
        sink.give(1, gradient);
    }
}
