package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation;

/** Finds the kernel of an operation. */
public final class Kernels {

    private Kernels() {}

    public static Kernel of(Operation operation) {
        // A switch over the sealed type would be checked by the compiler; Java 17 has it only as a preview.
        if (operation instanceof Operation.Convolution o) {
            return new ConvolutionKernel(o);
        } else if (operation instanceof Operation.Dense o) {
            return new DenseKernel(o);
        } else if (operation instanceof Operation.BatchNorm o) {
            return new BatchNormKernel(o);
        } else if (operation instanceof Operation.MaxPool o) {
            return new MaxPoolKernel(o);
        } else if (operation instanceof Operation.GlobalAveragePool) {
            return new GlobalAveragePoolKernel();
        } else if (operation instanceof Operation.Add o) {
            return new AddKernel(o);
        } else if (operation instanceof Operation.Dropout o) {
            return new DropoutKernel(o);
        } else if (operation instanceof Operation.RmsNorm o) {
            return new RmsNormKernel(o);
        } else if (operation instanceof Operation.Film o) {
            return new FilmKernel(o);
        } else if (operation instanceof Operation.Silu) {
            return new PointwiseKernel(PointwiseKernel.SILU);
        } else if (operation instanceof Operation.Gelu) {
            return new PointwiseKernel(PointwiseKernel.GELU);
        } else if (operation instanceof Operation.LinearAttention o) {
            return new LinearAttentionKernel(o);
        } else if (operation instanceof Operation.FullAttention o) {
            return new FullAttentionKernel(o);
        } else if (operation instanceof Operation.PixelUnshuffle) {
            return new PixelUnshuffleKernel();
        } else if (operation instanceof Operation.UpsampleNearest) {
            return new UpsampleNearestKernel();
        } else if (operation instanceof Operation.Concatenate) {
            return new ConcatenateKernel();
        } else if (operation instanceof Operation.SinusoidalEmbedding o) {
            return new SinusoidalEmbeddingKernel(o);
        } else if (operation instanceof Operation.Identity) {
            return new IdentityKernel();
        }
        throw new IllegalArgumentException("No kernel for " + operation);
    }
}
