package io.lensmill.neural.onednn.lowering;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.lensmill.neural.Operation.MaxPool;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** {@link MaxPool}. */
final class MaxPoolLowering implements Lowering {

    private static final long[] NO_DILATION = {0, 0};

    private final MaxPool operation;
    private Slot source;
    private Slot places;
    private memory.desc resultLayout;
    private pooling_forward.primitive_desc forward;

    MaxPoolLowering(MaxPool operation) {
        this.operation = operation;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        resultLayout = Layout.images(
                source.type(), source.size(0), source.size(1), resultSize(source.size(2)), resultSize(source.size(3)));
        forward = new pooling_forward.primitive_desc(
                OneDnn.engine(),
                recorder.training() ? prop_kind.forward_training : prop_kind.forward_inference,
                algorithm.pooling_max,
                source.layout(),
                resultLayout,
                both(operation.stride()),
                both(operation.kernel()),
                NO_DILATION,
                both(operation.padding()),
                both(operation.padding()));
        Slot result = recorder.slot(resultLayout);
        List<Object> arguments = new ArrayList<>(List.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, result));
        if (recorder.training()) {
            places = recorder.slot(forward.workspace_desc());
            arguments.addAll(List.of(DNNL_ARG_WORKSPACE, places));
        }
        recorder.run("max pool", new pooling_forward(forward), arguments.toArray());
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (!sink.wants(0)) {
            return;
        }
        pooling_backward.primitive_desc description = new pooling_backward.primitive_desc(
                OneDnn.engine(),
                algorithm.pooling_max,
                source.layout(),
                resultGradient.layout(),
                both(operation.stride()),
                both(operation.kernel()),
                NO_DILATION,
                both(operation.padding()),
                both(operation.padding()),
                forward);
        Slot gradient = recorder.slot(source.layout());
        recorder.run(
                "max pool backward",
                new pooling_backward(description),
                DNNL_ARG_DIFF_DST,
                resultGradient,
                DNNL_ARG_WORKSPACE,
                places,
                DNNL_ARG_DIFF_SRC,
                gradient);
        sink.give(0, gradient);
    }

    private long resultSize(long size) {
        return (size + 2L * operation.padding() - operation.kernel()) / operation.stride() + 1;
    }

    private static long[] both(int value) {
        return new long[] {value, value};
    }
}
