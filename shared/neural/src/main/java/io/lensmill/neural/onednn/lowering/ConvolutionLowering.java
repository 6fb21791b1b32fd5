package io.lensmill.neural.onednn.lowering;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.lensmill.neural.Operation.Convolution;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.ImmediateReorder;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * {@link Convolution}, in inference with what follows it: batch normalisation folded into the weights, addition of a
 * second input, ReLU.
 */
final class ConvolutionLowering implements Lowering {

    private static final algorithm DIRECT = algorithm.convolution_direct;
    private static final int CHANNELS_OF_AN_AVX2_BLOCK = 8;
    private static final int CHANNELS_OF_AN_AVX512_BLOCK = 16;

    private final String name;
    private final Convolution operation;
    private final Optional<FoldedBatchNorm> batchNorm;
    private final boolean addsSecondInput;
    private final boolean relu;
    private final boolean float32Result;

    private Slot source;
    private memory.desc resultLayout;
    private memory.desc chosenWeights;
    private convolution_forward.primitive_desc forward;

    /**
     * @param name node whose parameters these are
     * @param batchNorm normalisation to fold in; inference only
     * @param addsSecondInput whether the result is added to a second input; inference only
     * @param relu whether ReLU comes last; inference only
     * @param float32Result whether the result is float32 whatever the precision: for outputs of the network
     */
    ConvolutionLowering(
            String name,
            Convolution operation,
            Optional<FoldedBatchNorm> batchNorm,
            boolean addsSecondInput,
            boolean relu,
            boolean float32Result) {
        this.name = name;
        this.operation = operation;
        this.batchNorm = batchNorm;
        this.addsSecondInput = addsSecondInput;
        this.relu = relu;
        this.float32Result = float32Result;
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = new Arithmetic(recorder).inType(inputs.get(0), recorder.activationType());
        chosenWeights = Layout.chosen(recorder.activationType(), weightDims());
        resultLayout = Layout.images(
                float32Result ? data_type.f32 : recorder.activationType(),
                source.size(0),
                operation.out(),
                resultSize(source.size(2)),
                resultSize(source.size(3)));
        boolean biased = operation.bias() || batchNorm.isPresent();
        forward = describe(recorder, biased, attributes(inputs));
        Slot result = recorder.slot(resultLayout);
        List<Object> arguments = new ArrayList<>(
                List.of(DNNL_ARG_SRC, source, DNNL_ARG_WEIGHTS, weights(recorder, forward.weights_desc())));
        if (biased) {
            arguments.addAll(List.of(DNNL_ARG_BIAS, bias(recorder)));
        }
        if (addsSecondInput) {
            arguments.addAll(List.of(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, inputs.get(1)));
        }
        arguments.addAll(List.of(DNNL_ARG_DST, result));
        recorder.run("convolution", new convolution_forward(forward), arguments.toArray());
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Slot gradient = new Arithmetic(recorder).inType(resultGradient, recorder.activationType());
        parameterGradients(recorder, gradient);
        if (sink.wants(0)) {
            sink.give(0, inputGradient(recorder, gradient));
        }
    }

    private convolution_forward.primitive_desc describe(Recorder recorder, boolean biased, primitive_attr attributes) {
        prop_kind kind = recorder.training() ? prop_kind.forward_training : prop_kind.forward_inference;
        return biased
                ? new convolution_forward.primitive_desc(
                        OneDnn.engine(),
                        kind,
                        DIRECT,
                        source.layout(),
                        chosenWeights,
                        Layout.vector(data_type.f32, operation.out()),
                        resultLayout,
                        strides(),
                        padding(),
                        padding(),
                        attributes,
                        false)
                : new convolution_forward.primitive_desc(
                        OneDnn.engine(),
                        kind,
                        DIRECT,
                        source.layout(),
                        chosenWeights,
                        resultLayout,
                        strides(),
                        padding(),
                        padding(),
                        attributes,
                        false);
    }

    private primitive_attr attributes(List<Slot> inputs) {
        primitive_attr attributes = new primitive_attr();
        post_ops after = new post_ops();
        if (addsSecondInput) {
            after.append_binary(algorithm.binary_add, inputs.get(1).layout());
        }
        if (relu) {
            after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
        }
        if (after.len() > 0) {
            attributes.set_post_ops(after);
        }
        return attributes;
    }

    private Slot weights(Recorder recorder, memory.desc layout) {
        memory.desc given = Layout.dense(data_type.f32, weightDims());
        if (batchNorm.isPresent()) {
            FoldedBatchNorm fold = batchNorm.get();
            return recorder.weights(
                    name + ".weight folded", layout, target -> fold.weightPreparation(recorder, name, given, target));
        }
        Slot master = recorder.parameter(name + ".weight", given);
        return recorder.weights(name + ".weight", layout, target -> new ImmediateReorder(master, target));
    }

    private Slot bias(Recorder recorder) {
        memory.desc layout = Layout.vector(data_type.f32, operation.out());
        if (batchNorm.isPresent()) {
            FoldedBatchNorm fold = batchNorm.get();
            Optional<Slot> own =
                    operation.bias() ? Optional.of(recorder.parameter(name + ".bias", layout)) : Optional.empty();
            return recorder.weights(
                    name + ".bias folded", layout, target -> fold.biasPreparation(recorder, own, target));
        }
        return recorder.parameter(name + ".bias", layout);
    }

    private void parameterGradients(Recorder recorder, Slot gradient) {
        WeightGradientByProduct product = new WeightGradientByProduct(operation, source, gradient);
        if (product.pays()) {
            product.record(recorder, recorder.gradient(name + ".weight", Layout.dense(data_type.f32, weightDims())));
            return;
        }
        memory.desc chosen = Layout.chosen(data_type.f32, weightDims());
        memory.desc biasLayout = Layout.vector(data_type.f32, operation.out());
        convolution_backward_weights.primitive_desc description = operation.bias()
                ? new convolution_backward_weights.primitive_desc(
                        OneDnn.engine(),
                        DIRECT,
                        source.layout(),
                        chosen,
                        biasLayout,
                        gradient.layout(),
                        strides(),
                        padding(),
                        padding(),
                        forward)
                : new convolution_backward_weights.primitive_desc(
                        OneDnn.engine(),
                        DIRECT,
                        source.layout(),
                        chosen,
                        gradient.layout(),
                        strides(),
                        padding(),
                        padding(),
                        forward);
        passOverTheUnsafe(description);
        Slot flat = recorder.gradient(name + ".weight", Layout.dense(data_type.f32, weightDims()));
        memory.desc layout = description.diff_weights_desc();
        boolean direct = dnnl.dnnl_memory_desc_equal(layout.get(), flat.layout().get()) != 0;
        Slot weightGradient = direct ? flat : recorder.slot(layout);
        List<Object> arguments = new ArrayList<>(
                List.of(DNNL_ARG_SRC, source, DNNL_ARG_DIFF_DST, gradient, DNNL_ARG_DIFF_WEIGHTS, weightGradient));
        if (operation.bias()) {
            arguments.addAll(List.of(DNNL_ARG_DIFF_BIAS, recorder.gradient(name + ".bias", biasLayout)));
        }
        recorder.run(
                "convolution backward weights", new convolution_backward_weights(description), arguments.toArray());
        if (!direct) {
            new Arithmetic(recorder).copy(weightGradient, flat);
        }
    }

    /**
     * oneDNN 3.11 gathers every stride-th pixel for its kernels of 1 x 1 in blocks of eight (AVX2) or sixteen (AVX-512)
     * channels, also of fewer: it then writes behind its own buffers and gives other numbers each time (RATIONALE.md).
     */
    private void passOverTheUnsafe(convolution_backward_weights.primitive_desc description) {
        while (isUnsafe(description.impl_info_str().getString())) {
            if (!description.next_impl()) {
                throw new IllegalStateException("oneDNN has no safe gradient of the weights of " + name
                        + ", a strided 1 x 1 kernel of " + operation.in() + " channels; 16 or more would do.");
            }
        }
    }

    private boolean isUnsafe(String implementation) {
        int block = implementation.contains("avx512") ? CHANNELS_OF_AN_AVX512_BLOCK : CHANNELS_OF_AN_AVX2_BLOCK;
        return operation.kernel() == 1
                && operation.stride() > 1
                && operation.in() < block
                && implementation.startsWith("jit_1x1:");
    }

    private Slot inputGradient(Recorder recorder, Slot gradient) {
        convolution_backward_data.primitive_desc description = new convolution_backward_data.primitive_desc(
                OneDnn.engine(),
                DIRECT,
                source.layout(),
                chosenWeights,
                gradient.layout(),
                strides(),
                padding(),
                padding(),
                forward);
        Slot result = recorder.slot(source.layout());
        recorder.run(
                "convolution backward data",
                new convolution_backward_data(description),
                DNNL_ARG_DIFF_DST,
                gradient,
                DNNL_ARG_WEIGHTS,
                weights(recorder, description.weights_desc()),
                DNNL_ARG_DIFF_SRC,
                result);
        return result;
    }

    private long resultSize(long size) {
        return (size + 2L * operation.padding() - operation.kernel()) / operation.stride() + 1;
    }

    private long[] weightDims() {
        return new long[] {operation.out(), operation.in(), operation.kernel(), operation.kernel()};
    }

    private long[] strides() {
        return new long[] {operation.stride(), operation.stride()};
    }

    private long[] padding() {
        return new long[] {operation.padding(), operation.padding()};
    }
}
