package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** A function of each number. */
final class PointwiseLowering implements Lowering {

    private final String label;
    private final algorithm function;
    private final double alpha;
    private Slot source;

    private PointwiseLowering(String label, algorithm function, double alpha) {
        this.label = label;
        this.function = function;
        this.alpha = alpha;
    }

    static PointwiseLowering silu() {
        return new PointwiseLowering("silu", algorithm.eltwise_swish, 1);
    }

    static PointwiseLowering gelu() {
        return new PointwiseLowering("gelu", algorithm.eltwise_gelu_erf, 0);
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        return new Arithmetic(recorder).pointwise(label, function, source, alpha, 0);
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        if (sink.wants(0)) {
            sink.give(
                    0,
                    new Arithmetic(recorder)
                            .pointwiseBackward(
                                    label + " backward", function, dnnl.DNNL_ARG_SRC, source, resultGradient, alpha));
        }
    }
}
