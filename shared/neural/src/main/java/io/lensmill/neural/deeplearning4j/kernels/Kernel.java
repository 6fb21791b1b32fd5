package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.ParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The arithmetic of one operation. A kernel owns its results and reuses them in the next pass, since fresh off-heap
 * memory costs more than most of these operations: what {@link #forward} and {@link #backward} return is valid until
 * the kernel runs again.
 *
 * <p>{@link #backward} may give its argument back as a gradient, but never the same array twice: the graph sums the
 * gradients of a value with several readers in place.
 */
public abstract class Kernel {

    private final Map<String, INDArray> parameters = new HashMap<>();
    private final Map<String, INDArray> gradients = new HashMap<>();
    private final Map<String, INDArray> storage = new HashMap<>();
    private final Map<String, INDArray> views = new HashMap<>();
    private final List<ParameterSpec> specs;
    private long stepSeed;
    private int position;

    protected Kernel(List<ParameterSpec> specs) {
        this.specs = specs;
    }

    /** Computes the result; training also keeps what {@link #backward} needs. */
    public abstract INDArray forward(INDArray[] inputs, boolean training);

    /**
     * Computes the gradient by each input, and by the parameters into their gradient views.
     *
     * @param outputGradient gradient by the result of the last {@link #forward}
     */
    public abstract INDArray[] backward(INDArray outputGradient);

    /**
     * Says which randomness the coming step has.
     *
     * @param seed seed of the step
     * @param node index of this operation in the network's definition
     */
    public final void setStep(long seed, int node) {
        this.stepSeed = seed;
        this.position = node;
    }

    /** Takes a flat slice that holds all parameters, in the order of the specs. */
    public final void bindParameters(INDArray flat) {
        bind(flat, parameters);
    }

    /** Takes a flat slice for the gradients, laid out as the parameters. */
    public final void bindGradients(INDArray flat) {
        bind(flat, gradients);
    }

    /** Parameters by name; empty before they are bound. */
    public final Map<String, INDArray> parameters() {
        return parameters;
    }

    /** Gradients by name; empty before they are bound. */
    public final Map<String, INDArray> gradients() {
        return gradients;
    }

    protected final long stepSeed() {
        return stepSeed;
    }

    protected final int position() {
        return position;
    }

    protected final INDArray parameter(String name) {
        return parameters.get(name);
    }

    protected final INDArray gradient(String name) {
        return gradients.get(name);
    }

    /** This kernel's own array of that name; its content is what was last written there, or anything. */
    protected final INDArray buffer(String slot, long... shape) {
        INDArray view = views.get(slot);
        if (view == null || !Arrays.equals(view.shape(), shape)) {
            view = reserve(slot, Arrays.stream(shape).reduce(1, Math::multiplyExact))
                    .reshape('c', shape);
            views.put(slot, view);
        }
        return view;
    }

    /** Batches change in size: the largest seen is kept, smaller ones use its beginning. */
    private INDArray reserve(String slot, long length) {
        INDArray flat = storage.get(slot);
        if (flat == null || flat.length() < length) {
            flat = Nd4j.createUninitialized(DataType.FLOAT, new long[] {length}, 'c');
            storage.put(slot, flat);
        }
        return flat.length() == length ? flat : flat.get(NDArrayIndex.interval(0, length));
    }

    private void bind(INDArray flat, Map<String, INDArray> target) {
        long offset = 0;
        for (ParameterSpec spec : specs) {
            long[] shape = Arrays.stream(spec.shape()).asLongStream().toArray();
            INDArray part = flat.get(NDArrayIndex.interval(offset, offset + spec.size()));
            target.put(spec.name(), part.reshape('c', shape));
            offset += spec.size();
        }
    }
}
