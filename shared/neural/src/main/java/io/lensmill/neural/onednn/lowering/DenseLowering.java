package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Dense;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/** {@link Dense} as matrix products in float32, with the weights where they are. */
final class DenseLowering implements Lowering {

    private final String name;
    private final Dense operation;
    private Slot source;

    DenseLowering(String name, Dense operation) {
        this.name = name;
        this.operation = operation;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot result = recorder.slot(Layout.dense(data_type.f32, source.size(0), operation.out()));
        Slot weights = recorder.parameter(name + ".weight", transposed(operation.in(), operation.out()));
        if (operation.bias()) {
            Slot bias = recorder.parameter(name + ".bias", Layout.dense(data_type.f32, 1, operation.out()));
            arithmetic.multiplyMatricesAndAdd("dense", source, weights, bias, result);
        } else {
            arithmetic.multiplyMatrices("dense", source, weights, result, 1);
        }
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        memory.desc weightLayout = Layout.dense(data_type.f32, operation.out(), operation.in());
        if (sink.wants(0)) {
            Slot gradient = recorder.slot(source.layout());
            Slot weights = recorder.parameter(name + ".weight", weightLayout);
            arithmetic.multiplyMatrices("dense backward", resultGradient, weights, gradient, 1);
            sink.give(0, gradient);
        }
        Slot gradientTransposed = resultGradient.as(transposed(operation.out(), source.size(0)));
        arithmetic.multiplyMatrices(
                "dense backward", gradientTransposed, source, recorder.gradient(name + ".weight", weightLayout), 1);
        if (operation.bias()) {
            Slot ones = recorder.ones(Layout.dense(data_type.f32, 1, source.size(0)));
            Slot bias = recorder.gradient(name + ".bias", Layout.dense(data_type.f32, 1, operation.out()));
            arithmetic.multiplyMatrices("dense backward", ones, resultGradient, bias, 1);
        }
    }

    /** A matrix [rows, columns] that lies in memory column by column. */
    private static memory.desc transposed(long rows, long columns) {
        return Layout.strided(data_type.f32, new long[] {rows, columns}, new long[] {1, rows});
    }
}
