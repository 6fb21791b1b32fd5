package io.lensmill.neural.onednn.lowering;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.lensmill.neural.Operation.BatchNorm;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/** {@link BatchNorm}: by the batch's statistics in training, by the running ones in inference. */
final class BatchNormLowering implements Lowering {

    private final String name;
    private final BatchNorm operation;
    private final memory.desc vector;

    private Slot source;
    private Slot mean;
    private Slot variance;
    private Slot reluMask;
    private batch_normalization_forward.primitive_desc forward;

    BatchNormLowering(String name, BatchNorm operation) {
        this.name = name;
        this.operation = operation;
        this.vector = Layout.vector(data_type.f32, operation.channels());
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        boolean training = recorder.training();
        forward = new batch_normalization_forward.primitive_desc(
                OneDnn.engine(),
                (training ? prop_kind.forward_training : prop_kind.forward_inference).value,
                source.layout(),
                source.layout(),
                (float) operation.epsilon(),
                flags(training));
        mean = training ? recorder.slot(vector) : parameter(recorder, "running_mean");
        variance = training ? recorder.slot(vector) : parameter(recorder, "running_var");
        Slot result = recorder.slot(source.layout());
        List<Object> arguments = new ArrayList<>(List.of(
                DNNL_ARG_SRC, source,
                DNNL_ARG_DST, result,
                DNNL_ARG_MEAN, mean,
                DNNL_ARG_VARIANCE, variance,
                DNNL_ARG_SCALE, parameter(recorder, "weight")));
        arguments.addAll(List.of(DNNL_ARG_SHIFT, parameter(recorder, "bias")));
        if (training && operation.relu()) {
            reluMask = recorder.slot(forward.workspace_desc());
            arguments.addAll(List.of(DNNL_ARG_WORKSPACE, reluMask));
        }
        recorder.run("batch norm", new batch_normalization_forward(forward), arguments.toArray());
        if (training) {
            keepRunningStatistics(recorder);
        }
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        batch_normalization_backward.primitive_desc description = new batch_normalization_backward.primitive_desc(
                OneDnn.engine(),
                prop_kind.backward.value,
                source.layout(),
                resultGradient.layout(),
                source.layout(),
                (float) operation.epsilon(),
                flags(true),
                forward);
        Slot gradient = recorder.slot(source.layout());
        List<Object> arguments = new ArrayList<>(List.of(
                DNNL_ARG_SRC, source,
                DNNL_ARG_MEAN, mean,
                DNNL_ARG_VARIANCE, variance,
                DNNL_ARG_DIFF_DST, resultGradient,
                DNNL_ARG_DIFF_SRC, gradient));
        arguments.addAll(List.of(
                DNNL_ARG_SCALE, parameter(recorder, "weight"),
                DNNL_ARG_DIFF_SCALE, recorder.gradient(name + ".weight", vector),
                DNNL_ARG_DIFF_SHIFT, recorder.gradient(name + ".bias", vector)));
        if (operation.relu()) {
            arguments.addAll(List.of(DNNL_ARG_WORKSPACE, reluMask));
        }
        recorder.run("batch norm backward", new batch_normalization_backward(description), arguments.toArray());
        if (sink.wants(0)) {
            sink.give(0, gradient);
        }
    }

    /** As PyTorch: the biased variance normalises, the unbiased one enters the running variance. */
    private void keepRunningStatistics(Recorder recorder) {
        Slot runningMean = parameter(recorder, "running_mean");
        Slot runningVariance = parameter(recorder, "running_var");
        double values = (double) source.size(0) * source.size(2) * source.size(3);
        double unbiased = values / Math.max(1, values - 1);
        double momentum = operation.momentum();
        recorder.host("running statistics", List.of(mean, variance), seed -> {
            blend(runningMean.floats(), mean.floats(), momentum, 1);
            blend(runningVariance.floats(), variance.floats(), momentum, unbiased);
        });
    }

    private static void blend(FloatBuffer running, FloatBuffer batch, double momentum, double factor) {
        for (int c = 0; c < running.capacity(); c++) {
            running.put(c, (float) ((1 - momentum) * running.get(c) + momentum * factor * batch.get(c)));
        }
    }

    private Slot parameter(Recorder recorder, String parameter) {
        return recorder.parameter(name + "." + parameter, vector);
    }

    private int flags(boolean training) {
        return normalization_flags.use_scale.value
                | normalization_flags.use_shift.value
                | (operation.relu() ? normalization_flags.fuse_norm_relu.value : 0)
                | (training ? 0 : normalization_flags.use_global_stats.value);
    }
}
