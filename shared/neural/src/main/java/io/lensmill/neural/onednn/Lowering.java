package io.lensmill.neural.onednn;

import java.util.List;

/**
 * How one operation, or a chain of them that one primitive can do, becomes steps of a program. One object serves one
 * program: it keeps what its backward pass needs.
 */
public interface Lowering {

    /** Records the forward pass; returns the slot of the result. */
    Slot forward(Recorder recorder, List<Slot> inputs);

    /**
     * Records the backward pass: gradients of parameters into the flat gradient array, those of inputs to the sink.
     * Only recorders in training call it.
     */
    void backward(Recorder recorder, Slot resultGradient, GradientSink sink);

    /** Takes the gradients by an operation's inputs. */
    interface GradientSink {

        /** Whether anybody needs the gradient by the index-th input. */
        boolean wants(int index);

        /** The slot may serve several readers: nobody writes to it again. */
        void give(int index, Slot gradient);
    }
}
