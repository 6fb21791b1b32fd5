package io.lensmill.neural.onednn.network;

import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Operation;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import io.lensmill.neural.onednn.OneDnn;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One network that takes a batch in slices, each on a thread of its own: nobody waits for the others at the end of
 * every operation, only at the end of a pass. The slices share the weights; their gradients are summed in the slices'
 * order, so the same slices give the same bits.
 */
public final class SlicedNetwork implements Network {

    private final Parameters parameters;
    private final List<OneDnnNetwork> slices = new ArrayList<>();
    private final ExecutorService threads;
    private int slicesOfLastForward;
    private long preparedVersion;

    /**
     * @param slices at least 2
     * @throws IllegalArgumentException when an operation would not do the same to a slice as to the batch: batch norm,
     *     whose statistics are the batch's, and dropout, whose randomness is
     */
    public SlicedNetwork(NetworkDefinition definition, Precision precision, int slices) {
        requireIndependentImages(definition);
        this.parameters = Parameters.of(definition);
        for (int i = 0; i < slices; i++) {
            this.slices.add(new OneDnnNetwork(
                    definition, precision, i == 0 ? parameters : parameters.withGradientsOfTheirOwn()));
        }
        this.threads = Executors.newFixedThreadPool(
                slices,
                work -> new Thread(
                        () -> {
                            OpenMp.useThreads(1);
                            work.run();
                        },
                        "network-slice"));
    }

    private static void requireIndependentImages(NetworkDefinition definition) {
        for (NetworkDefinition.Node node : definition.nodes()) {
            if (node.operation() instanceof Operation.BatchNorm || node.operation() instanceof Operation.Dropout) {
                throw new IllegalArgumentException(
                        "A network with " + node.operation() + " (" + node.name() + ") cannot take a batch in slices");
            }
        }
    }

    @Override
    public NetworkDefinition definition() {
        return slices.get(0).definition();
    }

    @Override
    public void initialise(long seed) {
        parameters.initialise(seed);
    }

    @Override
    public Map<String, Tensor> infer(Map<String, Tensor> inputs) {
        return pass(inputs, OneDnnNetwork::infer);
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed) {
        slicesOfLastForward = 0;
        Map<String, Tensor> outputs = pass(inputs, (slice, part) -> slice.forward(part, stepSeed));
        slicesOfLastForward = used(inputs);
        return outputs;
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        int used = slicesOfLastForward;
        if (used == 0) {
            throw new IllegalStateException("backward() needs a forward() before it");
        }
        each(used, i -> {
            slices.get(i).backward(part(outputGradients, i, used));
            return null;
        });
        for (int i = 1; i < used; i++) {
            add(slices.get(i).parameters(), parameters);
        }
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Precision precision() {
        return slices.get(0).precision();
    }

    @Override
    public String describe() {
        return "oneDNN " + OneDnn.version() + " (" + OneDnn.instructionSet() + "), "
                + precision().shortName() + ", batches in " + slices.size() + " slices of one thread each, "
                + definition().trainableParameters() + " parameters";
    }

    @Override
    public void close() {
        threads.shutdown();
        slices.forEach(OneDnnNetwork::close);
    }

    @FunctionalInterface
    private interface Pass {
        Map<String, Tensor> run(OneDnnNetwork slice, Map<String, Tensor> inputs);
    }

    @FunctionalInterface
    private interface SliceWork<T> {
        T of(int slice);
    }

    private Map<String, Tensor> pass(Map<String, Tensor> inputs, Pass pass) {
        if (preparedVersion != parameters.version()) {
            // Each slice remembers what it derived from the weights, and for which version of its own parameters.
            slices.subList(1, slices.size()).forEach(slice -> slice.parameters().markChanged());
        }
        int used = used(inputs);
        List<Map<String, Tensor>> parts = each(used, i -> pass.run(slices.get(i), part(inputs, i, used)));
        // A forward pass of the first slice says that weights have changed; without running statistics they have not.
        preparedVersion = parameters.version();
        Map<String, Tensor> outputs = new HashMap<>();
        for (String name : parts.get(0).keySet()) {
            outputs.put(
                    name, together(parts.stream().map(part -> part.get(name)).toList()));
        }
        return outputs;
    }

    /** Runs the work of the first slices side by side and waits for all of it, also when some fails. */
    private <T> List<T> each(int used, SliceWork<T> work) {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            int slice = i;
            answers.add(CompletableFuture.supplyAsync(() -> work.of(slice), threads));
        }
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private int used(Map<String, Tensor> inputs) {
        Tensor first = inputs.get(definition().inputs().get(0));
        // A missing input is the slice's to complain of.
        return first == null ? 1 : Math.max(1, Math.min(slices.size(), first.shape()[0]));
    }

    private static Map<String, Tensor> part(Map<String, Tensor> batch, int slice, int of) {
        Map<String, Tensor> part = new HashMap<>();
        batch.forEach((name, tensor) -> part.put(name, part(tensor, slice, of)));
        return part;
    }

    private static Tensor part(Tensor batch, int slice, int of) {
        int[] shape = batch.shape().clone();
        int perImage = batch.values().length / shape[0];
        int from = slice * shape[0] / of;
        int to = (slice + 1) * shape[0] / of;
        shape[0] = to - from;
        return new Tensor(Arrays.copyOfRange(batch.values(), from * perImage, to * perImage), shape);
    }

    private static Tensor together(List<Tensor> parts) {
        int[] shape = parts.get(0).shape().clone();
        shape[0] = parts.stream().mapToInt(part -> part.shape()[0]).sum();
        Tensor whole = Tensor.zeros(shape);
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.values(), 0, whole.values(), at, part.values().length);
            at += part.values().length;
        }
        return whole;
    }

    private static void add(Parameters slice, Parameters sum) {
        FloatBuffer more = HostFloats.read(slice.gradients());
        FloatBuffer all = HostFloats.write(sum.gradients());
        Rows.forEach(Math.toIntExact(sum.count()), 2, (piece, first, count) -> {
            float[] a = Scratch.ofThread().array(0, count);
            float[] b = Scratch.ofThread().array(1, count);
            all.get(first, a, 0, count);
            more.get(first, b, 0, count);
            for (int i = 0; i < count; i++) {
                a[i] += b[i];
            }
            all.put(first, a, 0, count);
        });
    }
}
