package io.lensmill.neural.onednn.lowering;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.lensmill.neural.Operation.UpsampleNearest;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.PointerPointer;

/** {@link UpsampleNearest}. Described through the C interface: the Java binding lacks the C++ one. */
final class UpsampleNearestLowering implements Lowering {

    private static final int FACTOR = 2;
    private static final float[] FACTORS = {FACTOR, FACTOR};

    private Slot source;
    private memory.desc resultLayout;
    private dnnl_primitive_desc forward;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        resultLayout = Layout.images(
                source.type(), source.size(0), source.size(1), FACTOR * source.size(2), FACTOR * source.size(3));
        PointerPointer<dnnl_primitive_desc> created = new PointerPointer<>(1);
        OneDnn.check(
                dnnl.dnnl_resampling_forward_primitive_desc_create(
                        created,
                        OneDnn.engine().get(),
                        prop_kind.forward_training.value,
                        algorithm.resampling_nearest.value,
                        FACTORS,
                        source.layout().get(),
                        resultLayout.get(),
                        null),
                "describe an upsampling");
        forward = created.get(dnnl_primitive_desc.class, 0);
        Slot result = recorder.slot(resultLayout);
        recorder.run("upsample", new primitive(forward), DNNL_ARG_SRC, source, DNNL_ARG_DST, result);
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (!sink.wants(0)) {
            return;
        }
        PointerPointer<dnnl_primitive_desc> created = new PointerPointer<>(1);
        OneDnn.check(
                dnnl.dnnl_resampling_backward_primitive_desc_create(
                        created,
                        OneDnn.engine().get(),
                        algorithm.resampling_nearest.value,
                        FACTORS,
                        source.layout().get(),
                        resultLayout.get(),
                        forward,
                        null),
                "describe an upsampling's derivative");
        Slot gradient = recorder.slot(source.layout());
        recorder.run(
                "upsample backward",
                new primitive(created.get(dnnl_primitive_desc.class, 0)),
                DNNL_ARG_DIFF_DST,
                resultGradient,
                DNNL_ARG_DIFF_SRC,
                gradient);
        sink.give(0, gradient);
    }
}
