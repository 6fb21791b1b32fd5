package io.lensmill.neural.deeplearning4j;

import io.lensmill.neural.Operation;
import io.lensmill.neural.ParameterSpec;
import io.lensmill.neural.deeplearning4j.kernels.Kernel;
import io.lensmill.neural.deeplearning4j.kernels.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One operation at work in a Deeplearning4j graph: hands arrays to its {@link Kernel} and back. */
@SuppressWarnings("overrides") // Deeplearning4j declares setInputs with an array here and with any number there.
final class OperationGraphVertex extends BaseGraphVertex {

    private static final long serialVersionUID = 1L;

    private final transient Operation operation;
    private final transient Kernel kernel;
    private final INDArray parameters;
    private INDArray gradients;

    OperationGraphVertex(
            ComputationGraph graph, String name, int index, DataType type, Operation operation, INDArray parameters) {
        super(graph, name, index, null, null, type);
        this.operation = operation;
        this.kernel = Kernels.of(operation);
        this.parameters = parameters;
        if (parameters != null) {
            kernel.bindParameters(parameters);
        }
    }

    Operation operation() {
        return operation;
    }

    Kernel kernel() {
        return kernel;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        return kernel.forward(inputs, training);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        return new Pair<>(gradientTable(), kernel.backward(epsilon));
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        gradients = view;
        kernel.bindGradients(view);
    }

    @Override
    public INDArray getGradientsViewArray() {
        return gradients;
    }

    @Override
    public INDArray params() {
        return parameters;
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropOnly) {
        Map<String, INDArray> table = new LinkedHashMap<>();
        for (ParameterSpec spec : operation.parameters()) {
            table.put(spec.name(), kernel.parameters().get(spec.name()));
        }
        return table;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int minibatchSize) {
        return new Pair<>(null, state);
    }

    @Override
    public String toString() {
        return "OperationGraphVertex(" + getVertexName() + ": " + operation + ")";
    }

    private Gradient gradientTable() {
        if (gradients == null) {
            return null;
        }
        DefaultGradient table = new DefaultGradient();
        for (ParameterSpec spec : operation.parameters()) {
            table.setGradientFor(spec.name(), kernel.gradients().get(spec.name()), 'c');
        }
        return table;
    }
}
