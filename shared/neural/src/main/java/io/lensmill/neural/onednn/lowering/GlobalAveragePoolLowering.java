package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.GlobalAveragePool;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.memory.data_type;

/** {@link GlobalAveragePool}; the mean is taken and given in float32. */
final class GlobalAveragePoolLowering implements Lowering {

    private Slot source;

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        Slot result = recorder.slot(Layout.dense(data_type.f32, source.size(0), source.size(1)));
        new Arithmetic(recorder)
                .sumMiddle("average pool", Views.pixels(source), asRow(result), 1.0 / Views.pixelCount(source));
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (!sink.wants(0)) {
            return;
        }
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot gradient = recorder.slot(source.layout());
        Slot row = asRow(arithmetic.inType(resultGradient, source.type()));
        Slot ones = recorder.ones(Layout.dense(source.type(), source.size(0), Views.pixelCount(source), 1));
        arithmetic.multiplyMatrices(
                "average pool backward", ones, row, Views.pixels(gradient), 1.0 / Views.pixelCount(source));
        sink.give(0, gradient);
    }

    /** [n, c] as [n, 1, c]. */
    private static Slot asRow(Slot vectors) {
        return vectors.as(Layout.dense(vectors.type(), vectors.size(0), 1, vectors.size(1)));
    }
}
