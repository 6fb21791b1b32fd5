package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.BatchNorm;
import io.lensmill.neural.onednn.ImmediateReorder;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.ScratchSlot;
import io.lensmill.neural.onednn.Slot;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/**
 * Batch normalisation with running statistics as part of the convolution before it: with s = gamma / sqrt(variance +
 * epsilon), the weights of each output channel times s, and the bias (bias - mean) s + beta.
 */
record FoldedBatchNorm(String name, BatchNorm operation) {

    /** Fills the target with the convolution's weights times s. */
    Runnable weightPreparation(Recorder recorder, String convolution, memory.desc given, Slot target) {
        Slot weights = recorder.parameter(convolution + ".weight", given);
        Statistics statistics = statistics(recorder);
        return () -> {
            try (ScratchSlot scaled = new ScratchSlot(given)) {
                FloatBuffer in = weights.floats();
                FloatBuffer out = scaled.slot().floats();
                int perChannel = in.capacity() / operation.channels();
                for (int c = 0; c < operation.channels(); c++) {
                    float scale = statistics.scale(c);
                    for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
                        out.put(i, in.get(i) * scale);
                    }
                }
                new ImmediateReorder(scaled.slot(), target).run();
            }
        };
    }

    /** Fills the target with the bias. */
    Runnable biasPreparation(Recorder recorder, Optional<Slot> own, Slot target) {
        Statistics statistics = statistics(recorder);
        return () -> {
            FloatBuffer out = target.floats();
            for (int c = 0; c < operation.channels(); c++) {
                float bias = own.isPresent() ? own.get().floats().get(c) : 0f;
                out.put(
                        c,
                        (bias - statistics.mean().floats().get(c)) * statistics.scale(c)
                                + statistics.beta().floats().get(c));
            }
        };
    }

    private Statistics statistics(Recorder recorder) {
        memory.desc layout = Layout.vector(data_type.f32, operation.channels());
        return new Statistics(
                recorder.parameter(name + ".weight", layout),
                recorder.parameter(name + ".bias", layout),
                recorder.parameter(name + ".running_mean", layout),
                recorder.parameter(name + ".running_var", layout),
                operation.epsilon());
    }

    private record Statistics(Slot gamma, Slot beta, Slot mean, Slot variance, double epsilon) {
        float scale(int c) {
            return (float) (gamma.floats().get(c) / Math.sqrt(variance.floats().get(c) + epsilon));
        }
    }
}
