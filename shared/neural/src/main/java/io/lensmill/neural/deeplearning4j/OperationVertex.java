package io.lensmill.neural.deeplearning4j;

import io.lensmill.neural.Operation;
import io.lensmill.neural.ParameterSpec;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of one operation in a Deeplearning4j graph; serialised with the graph as text. */
public final class OperationVertex extends GraphVertex {

    private static final long serialVersionUID = 1L;

    private final String operation;

    @JsonCreator
    public OperationVertex(@JsonProperty("operation") String operation) {
        this.operation = operation;
    }

    OperationVertex(Operation operation) {
        this(OperationText.write(operation));
    }

    @JsonProperty("operation")
    public String getOperation() {
        return operation;
    }

    @Override
    public GraphVertex clone() {
        return new OperationVertex(operation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperationVertex vertex && vertex.operation.equals(operation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(operation);
    }

    @Override
    public long numParams(boolean backprop) {
        return OperationText.read(operation).parameters().stream()
                .mapToLong(ParameterSpec::size)
                .sum();
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 2;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType networkType) {
        return new OperationGraphVertex(graph, name, index, networkType, OperationText.read(operation), parameters);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        // Shapes follow from the operations at run time; Deeplearning4j asks only when it should add preprocessors.
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return null;
    }
}
