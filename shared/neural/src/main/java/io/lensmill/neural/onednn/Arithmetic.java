package io.lensmill.neural.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.sum;

/** Steps that many operations are made of, recorded as oneDNN primitives. */
public final class Arithmetic {

    private final Recorder recorder;

    public Arithmetic(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Copies, with change of layout and number format; equal logical shapes. */
    public void copy(Slot from, Slot to) {
        recorder.run(
                "reorder",
                new reorder(new reorder.primitive_desc(OneDnn.engine(), from.layout(), OneDnn.engine(), to.layout())),
                DNNL_ARG_FROM,
                from,
                DNNL_ARG_TO,
                to);
    }

    /** The same numbers in that format: the slot itself if it has it already. */
    public Slot inType(Slot slot, data_type type) {
        if (slot.type() == type) {
            return slot;
        }
        long[] dims = Recorder.dims(slot.layout());
        Slot converted = recorder.slot(
                dims.length == 4 ? Layout.images(type, dims[0], dims[1], dims[2], dims[3]) : Layout.dense(type, dims));
        copy(slot, converted);
        return converted;
    }

    /** result = factor * a b, matrices in the last two axes. */
    public void multiplyMatrices(String label, Slot a, Slot b, Slot result, double factor) {
        matmul.primitive_desc description = new matmul.primitive_desc(
                OneDnn.engine(), a.layout(), b.layout(), result.layout(), scaledBy(factor), false);
        recorder.run(label, new matmul(description), DNNL_ARG_SRC, a, DNNL_ARG_WEIGHTS, b, DNNL_ARG_DST, result);
    }

    /** result = factor * a b times another array of the result's shape. */
    public void multiplyMatricesAndScale(String label, Slot a, Slot b, Slot scale, Slot result, double factor) {
        post_ops after = new post_ops();
        after.append_eltwise(algorithm.eltwise_linear, (float) factor, 0f);
        after.append_binary(algorithm.binary_mul, scale.layout());
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(after);
        matmul.primitive_desc description =
                new matmul.primitive_desc(OneDnn.engine(), a.layout(), b.layout(), result.layout(), attributes, false);
        recorder.run(
                label,
                new matmul(description),
                DNNL_ARG_SRC,
                a,
                DNNL_ARG_WEIGHTS,
                b,
                DNNL_ARG_DST,
                result,
                // The binary step is the second of those after the product.
                2 * DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1,
                scale);
    }

    /** result = result + a b. */
    public void addProduct(String label, Slot a, Slot b, Slot result) {
        post_ops after = new post_ops();
        after.append_sum();
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(after);
        matmul.primitive_desc description =
                new matmul.primitive_desc(OneDnn.engine(), a.layout(), b.layout(), result.layout(), attributes, false);
        recorder.run(label, new matmul(description), DNNL_ARG_SRC, a, DNNL_ARG_WEIGHTS, b, DNNL_ARG_DST, result);
    }

    /** result = a b + bias, the bias [1, columns] for every row. */
    public void multiplyMatricesAndAdd(String label, Slot a, Slot b, Slot bias, Slot result) {
        matmul.primitive_desc description =
                new matmul.primitive_desc(OneDnn.engine(), a.layout(), b.layout(), bias.layout(), result.layout());
        recorder.run(
                label,
                new matmul(description),
                DNNL_ARG_SRC,
                a,
                DNNL_ARG_WEIGHTS,
                b,
                DNNL_ARG_BIAS,
                bias,
                DNNL_ARG_DST,
                result);
    }

    /** A new slot, laid out as a, with a (op) b; b may have size 1 where a has more. */
    public Slot binary(String label, algorithm operation, Slot a, Slot b) {
        return binary(label, operation, a, b, false);
    }

    /** As above, with ReLU after it. */
    public Slot binary(String label, algorithm operation, Slot a, Slot b, boolean relu) {
        Slot result = recorder.slot(a.layout());
        binaryInto(label, operation, a, b, result, relu);
        return result;
    }

    public void binaryInto(String label, algorithm operation, Slot a, Slot b, Slot result, boolean relu) {
        primitive_attr attributes = new primitive_attr();
        if (relu) {
            post_ops after = new post_ops();
            after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
            attributes.set_post_ops(after);
        }
        binary.primitive_desc description = new binary.primitive_desc(
                OneDnn.engine(), operation, a.layout(), b.layout(), result.layout(), attributes, false);
        recorder.run(label, new binary(description), DNNL_ARG_SRC_0, a, DNNL_ARG_SRC_1, b, DNNL_ARG_DST, result);
    }

    /** Sum of arrays of one shape; the only one itself. */
    public Slot sum(List<Slot> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        memory.desc[] layouts = parts.stream().map(Slot::layout).toArray(memory.desc[]::new);
        float[] ones = new float[layouts.length];
        Arrays.fill(ones, 1f);
        Slot result = recorder.slot(layouts[0]);
        Object[] arguments = new Object[2 * layouts.length + 2];
        for (int i = 0; i < layouts.length; i++) {
            arguments[2 * i] = DNNL_ARG_MULTIPLE_SRC + i;
            arguments[2 * i + 1] = parts.get(i);
        }
        arguments[2 * layouts.length] = DNNL_ARG_DST;
        arguments[2 * layouts.length + 1] = result;
        recorder.run(
                "sum",
                new sum(new sum.primitive_desc(
                        OneDnn.engine(), result.layout(), ones, new memory_desc_vector(layouts))),
                arguments);
        return result;
    }

    /**
     * A function of each number.
     *
     * @param alpha first constant of the function
     * @param beta second constant
     */
    public Slot pointwise(String label, algorithm function, Slot x, double alpha, double beta) {
        Slot result = recorder.slot(x.layout());
        recorder.run(
                label,
                new eltwise_forward(pointwiseDescription(function, x, alpha, beta)),
                DNNL_ARG_SRC,
                x,
                DNNL_ARG_DST,
                result);
        return result;
    }

    /**
     * Derivative of such a function.
     *
     * @param argument DNNL_ARG_SRC if kept is the function's argument, DNNL_ARG_DST if it is its value
     */
    public Slot pointwiseBackward(
            String label, algorithm function, int argument, Slot kept, Slot resultGradient, double alpha) {
        Slot gradient = recorder.slot(kept.layout());
        eltwise_backward.primitive_desc description = new eltwise_backward.primitive_desc(
                OneDnn.engine(),
                function,
                gradient.layout(),
                resultGradient.layout(),
                kept.layout(),
                (float) alpha,
                pointwiseDescription(function, kept, alpha, 0));
        recorder.run(
                label,
                new eltwise_backward(description),
                argument,
                kept,
                DNNL_ARG_DIFF_DST,
                resultGradient,
                DNNL_ARG_DIFF_SRC,
                gradient);
        return gradient;
    }

    /** Softmax along an axis of a dense array. */
    public Slot softmax(Slot x, int axis) {
        Slot result = recorder.slot(x.layout());
        recorder.run(
                "softmax", new softmax_forward(softmaxDescription(x, axis)), DNNL_ARG_SRC, x, DNNL_ARG_DST, result);
        return result;
    }

    /** Derivative of the softmax with this result along the last axis; fast there only. */
    public Slot softmaxBackward(Slot result, Slot resultGradient, int axis) {
        Slot gradient = recorder.slot(result.layout());
        softmax_backward.primitive_desc description = new softmax_backward.primitive_desc(
                OneDnn.engine(),
                algorithm.softmax_accurate,
                gradient.layout(),
                resultGradient.layout(),
                result.layout(),
                axis,
                softmaxDescription(result, axis));
        recorder.run(
                "softmax backward",
                new softmax_backward(description),
                DNNL_ARG_DST,
                result,
                DNNL_ARG_DIFF_DST,
                resultGradient,
                DNNL_ARG_DIFF_SRC,
                gradient);
        return gradient;
    }

    /**
     * Sums over the middle axis of x [n, m, c], times a factor, into a float32 result [n, 1, c]. As a matrix product
     * with ones, since oneDNN's own reduction over that axis is slow.
     */
    public void sumMiddle(String label, Slot x, Slot result, double factor) {
        Slot ones = recorder.ones(Layout.dense(x.type(), x.size(0), 1, x.size(1)));
        multiplyMatrices(label, ones, x, result, factor);
    }

    private static softmax_forward.primitive_desc softmaxDescription(Slot x, int axis) {
        return new softmax_forward.primitive_desc(
                OneDnn.engine(), prop_kind.forward_training, algorithm.softmax_accurate, x.layout(), x.layout(), axis);
    }

    private static eltwise_forward.primitive_desc pointwiseDescription(
            algorithm function, Slot x, double alpha, double beta) {
        return new eltwise_forward.primitive_desc(
                OneDnn.engine(), prop_kind.forward_training, function, x.layout(), x.layout(), (float) alpha, (float)
                        beta);
    }

    private static primitive_attr scaledBy(double factor) {
        primitive_attr attributes = new primitive_attr();
        if (factor != 1) {
            post_ops after = new post_ops();
            after.append_eltwise(algorithm.eltwise_linear, (float) factor, 0f);
            attributes.set_post_ops(after);
        }
        return attributes;
    }
}
