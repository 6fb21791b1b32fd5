package io.lensmill.neural.deeplearning4j;

import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.ParameterSpec;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a definition as a Deeplearning4j {@link ComputationGraph}: one vertex per node, external errors at the outputs.
 * Works on every ND4J backend.
 */
public final class Deeplearning4jNetwork implements Network {

    private final NetworkDefinition definition;
    private final ComputationGraph graph;
    private final Parameters parameters;
    private Map<String, Tensor> lastOutputs = Map.of();

    public Deeplearning4jNetwork(NetworkDefinition definition) {
        this.definition = definition;
        this.graph = new ComputationGraph(configuration(definition));
        graph.init();
        graph.initGradientsView();
        this.parameters = new Parameters(graph.params(), graph.getFlattenedGradients(), entries());
    }

    @Override
    public NetworkDefinition definition() {
        return definition;
    }

    @Override
    public void initialise(long seed) {
        parameters.initialise(seed);
    }

    @Override
    public Map<String, Tensor> infer(Map<String, Tensor> inputs) {
        return run(inputs, false);
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed) {
        for (OperationGraphVertex vertex : vertices()) {
            vertex.kernel().setStep(stepSeed, definition.position(vertex.getVertexName()));
        }
        lastOutputs = run(inputs, true);
        return lastOutputs;
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        INDArray[] errors = definition.outputs().stream()
                .map(output -> array(outputGradients.getOrDefault(
                        output, Tensor.zeros(lastOutputs.get(output).shape()))))
                .toArray(INDArray[]::new);
        graph.backpropGradient(errors);
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    void writeZip(Path file) throws IOException {
        ModelSerializer.writeModel(graph, file.toFile(), false);
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public String describe() {
        return "Deeplearning4j graph on " + Nd4j.getBackend().getClass().getSimpleName() + ", float32, "
                + System.getenv().getOrDefault("OMP_NUM_THREADS", "all") + " native threads, "
                + definition.trainableParameters() + " parameters";
    }

    @Override
    public void close() {
        graph.clear();
    }

    private Map<String, Tensor> run(Map<String, Tensor> inputs, boolean training) {
        INDArray[] arrays = definition.inputs().stream()
                .map(name -> array(required(inputs, name)))
                .toArray(INDArray[]::new);
        Map<String, INDArray> activations = graph.feedForward(arrays, training, false);
        Map<String, Tensor> outputs = new HashMap<>();
        for (String output : definition.outputs()) {
            outputs.put(output, tensor(activations.get(output)));
        }
        return outputs;
    }

    private static Tensor required(Map<String, Tensor> inputs, String name) {
        Tensor tensor = inputs.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("Input '" + name + "' is missing; got " + inputs.keySet());
        }
        return tensor;
    }

    private static INDArray array(Tensor tensor) {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        // Deeplearning4j takes no rank-1 inputs.
        return Nd4j.createFromArray(tensor.values()).reshape('c', shape.length == 1 ? new long[] {shape[0], 1} : shape);
    }

    private static Tensor tensor(INDArray array) {
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return new Tensor(array.dup('c').data().asFloat(), shape);
    }

    private List<OperationGraphVertex> vertices() {
        List<OperationGraphVertex> all = new ArrayList<>();
        for (int index : graph.topologicalSortOrder()) {
            if (graph.getVertices()[index] instanceof OperationGraphVertex vertex) {
                all.add(vertex);
            }
        }
        return all;
    }

    /** Where each parameter stands in the flat array: Deeplearning4j lays them out in topological order. */
    private List<Parameters.Entry> entries() {
        List<Parameters.Entry> entries = new ArrayList<>();
        long offset = 0;
        for (OperationGraphVertex vertex : vertices()) {
            for (ParameterSpec spec : vertex.operation().parameters()) {
                entries.add(new Parameters.Entry(vertex.getVertexName() + "." + spec.name(), spec, offset));
                offset += spec.size();
            }
        }
        return entries;
    }

    private static ComputationGraphConfiguration configuration(NetworkDefinition definition) {
        ComputationGraphConfiguration.GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs(definition.inputs());
        for (NetworkDefinition.Node node : definition.nodes()) {
            builder.addVertex(
                    node.name(),
                    new OperationVertex(node.operation()),
                    node.inputs().toArray(String[]::new));
        }
        return builder.setOutputs(definition.outputs().toArray(String[]::new))
                .validateOutputLayerConfig(false)
                .build();
    }
}
