package io.lensmill.neural.onednn.network;

import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.PreparedWeights;
import io.lensmill.neural.onednn.Program;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import io.lensmill.neural.onednn.lowering.Stages;
import io.lensmill.neural.onednn.lowering.Stages.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.memory.data_type;

/** Compiles a definition for given input shapes: forward through its stages, and in training back again. */
final class ProgramBuilder {

    private final NetworkDefinition definition;
    private final Recorder recorder;
    private final List<Stage> stages;
    private final Map<String, Slot> values = new HashMap<>();
    private final Map<String, List<Slot>> gradients = new HashMap<>();
    private final Set<String> differentiable = new HashSet<>();

    private ProgramBuilder(NetworkDefinition definition, Recorder recorder) {
        this.definition = definition;
        this.recorder = recorder;
        this.stages = Stages.of(definition, recorder.training());
    }

    /** @param inputShapes shapes of the inputs: [n, height, width, channels], [n, channels] or [n] */
    static Program build(
            NetworkDefinition definition,
            Map<String, int[]> inputShapes,
            Parameters parameters,
            PreparedWeights prepared,
            Precision precision,
            boolean training) {
        Recorder recorder = new Recorder(parameters, prepared, precision, training);
        ProgramBuilder builder = new ProgramBuilder(definition, recorder);
        builder.forward(inputShapes);
        if (training) {
            builder.backward();
        } else {
            recorder.endForward();
        }
        return recorder.complete();
    }

    private void forward(Map<String, int[]> inputShapes) {
        inputShapes.forEach((name, s) -> values.put(
                name,
                recorder.input(
                        name,
                        s.length == 4
                                ? Layout.images(data_type.f32, s[0], s[3], s[1], s[2])
                                : Layout.dense(data_type.f32, s[0], s.length == 1 ? 1 : s[1]))));
        for (Stage stage : stages) {
            List<Slot> inputs = stage.inputs().stream().map(values::get).toList();
            values.put(stage.name(), stage.lowering().forward(recorder, inputs));
            if (stage.learns() || stage.inputs().stream().anyMatch(differentiable::contains)) {
                differentiable.add(stage.name());
            }
        }
        definition.outputs().forEach(output -> recorder.output(output, values.get(output)));
    }

    private void backward() {
        recorder.beginBackward().forEach(this::addGradient);
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            List<Slot> parts = gradients.remove(stage.name());
            if (parts == null || !differentiable.contains(stage.name())) {
                continue;
            }
            Slot gradient = new Arithmetic(recorder).sum(parts);
            stage.lowering().backward(recorder, gradient, new Lowering.GradientSink() {
                @Override
                public boolean wants(int index) {
                    return differentiable.contains(stage.inputs().get(index));
                }

                @Override
                public void give(int index, Slot part) {
                    if (wants(index)) {
                        addGradient(stage.inputs().get(index), part);
                    }
                }
            });
        }
    }

    private void addGradient(String value, Slot gradient) {
        gradients.computeIfAbsent(value, v -> new ArrayList<>()).add(gradient);
    }
}
