package io.lensmill.neural.onednn.lowering;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import io.lensmill.neural.Operation.RmsNorm;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.ImmediateReorder;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/**
 * {@link RmsNorm}: x sqrt(c) / |x| is x over the root of its mean square, oneDNN's layer normalisation without mean.
 */
final class RmsNormLowering implements Lowering {

    /** |x| counts as at least 1e-12, as in PyTorch; for the mean square of few channels that is about 1e-26. */
    private static final float SMALLEST_MEAN_SQUARE = 1e-26f;

    private static final int FLAGS = normalization_flags.rms_norm.value | normalization_flags.use_scale.value;

    private final String name;
    private final RmsNorm operation;
    private Slot source;
    private Slot meanSquare;
    private layer_normalization_forward.primitive_desc forward;

    RmsNormLowering(String name, RmsNorm operation) {
        this.name = name;
        this.operation = operation;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        Slot rows = Views.rows(source);
        memory.desc statistics = Layout.vector(data_type.f32, rows.size(0));
        forward = new layer_normalization_forward.primitive_desc(
                OneDnn.engine(),
                (recorder.training() ? prop_kind.forward_training : prop_kind.forward_inference).value,
                rows.layout(),
                rows.layout(),
                statistics,
                SMALLEST_MEAN_SQUARE,
                FLAGS);
        Slot result = recorder.slot(source.layout());
        List<Object> arguments = new ArrayList<>(List.of(
                DNNL_ARG_SRC, rows,
                DNNL_ARG_DST, Views.rows(result),
                DNNL_ARG_SCALE, recorder.parameter(name + ".g", gainLayout())));
        if (recorder.training()) {
            meanSquare = recorder.slot(statistics);
            arguments.addAll(List.of(DNNL_ARG_VARIANCE, meanSquare));
        }
        recorder.run("rms norm", new layer_normalization_forward(forward), arguments.toArray());
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Slot rows = Views.rows(source);
        Slot gradient = recorder.slot(source.layout());
        layer_normalization_backward.primitive_desc description = new layer_normalization_backward.primitive_desc(
                OneDnn.engine(),
                prop_kind.backward.value,
                rows.layout(),
                rows.layout(),
                rows.layout(),
                meanSquare.layout(),
                SMALLEST_MEAN_SQUARE,
                FLAGS,
                forward);
        recorder.run(
                "rms norm backward",
                new layer_normalization_backward(description),
                DNNL_ARG_SRC,
                rows,
                DNNL_ARG_VARIANCE,
                meanSquare,
                DNNL_ARG_SCALE,
                recorder.parameter(name + ".g", gainLayout()),
                DNNL_ARG_DIFF_DST,
                Views.rows(resultGradient),
                DNNL_ARG_DIFF_SRC,
                Views.rows(gradient),
                DNNL_ARG_DIFF_SCALE,
                recorder.gradient(name + ".g", gainLayout()));
        if (sink.wants(0)) {
            addMeanBack(recorder, Views.rows(resultGradient), Views.rows(gradient));
            sink.give(0, gradient);
        }
    }

    /**
     * oneDNN 3.11 takes the derivative of a layer normalisation with mean: with u = dy g it subtracts mean(u) / rms(x)
     * from every row, which the derivative without mean does not have. Added again here, as the product of a column of
     * those numbers with a row of ones.
     */
    private void addMeanBack(Recorder recorder, Slot resultGradient, Slot gradient) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        long rows = resultGradient.size(0);
        long channels = operation.channels();
        data_type type = resultGradient.type();
        Slot inverseRms = arithmetic
                .pointwise("rms norm backward", algorithm.eltwise_pow, meanSquare, 1, -0.5)
                .as(Layout.dense(data_type.f32, rows, 1));
        memory.desc column = Layout.dense(type, channels, 1);
        Slot gain = recorder.parameter(name + ".g", Layout.dense(data_type.f32, channels, 1));
        Slot weights = type == data_type.f32
                ? gain
                : recorder.weights(name + ".g", column, target -> new ImmediateReorder(gain, target));
        Slot means = recorder.slot(Layout.dense(type, rows, 1));
        arithmetic.multiplyMatricesAndScale(
                "rms norm backward", resultGradient, weights, inverseRms, means, 1.0 / channels);
        arithmetic.addProduct("rms norm backward", means, recorder.ones(Layout.dense(type, 1, channels)), gradient);
    }

    private memory.desc gainLayout() {
        return Layout.vector(data_type.f32, operation.channels());
    }
}
