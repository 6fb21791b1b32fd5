package io.lensmill.neural.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * A place for an array of a program. While the program is recorded it has no address, only the steps that use it; when
 * it is complete, places that are never needed at the same time may share memory. A view is another look at a part of a
 * slot.
 */
public final class Slot {

    private static final short BFLOAT16_ONE = 0x3F80;

    private final memory.desc layout;
    private final Slot whole;
    private final long byteOffset;
    private int firstUse = Integer.MAX_VALUE;
    private int lastUse = -1;
    private Pointer start;
    private memory bound;

    private Slot(memory.desc layout, Slot whole, long byteOffset) {
        this.layout = layout;
        this.whole = whole;
        this.byteOffset = byteOffset;
    }

    /** A slot that the program's memory plan will place. */
    static Slot planned(memory.desc layout) {
        return new Slot(layout, null, 0);
    }

    /** A slot over memory that is there already and outlives the program. */
    static Slot at(memory.desc layout, Pointer address) {
        Slot slot = new Slot(layout, null, 0);
        slot.start = address;
        return slot;
    }

    /** Another layout over the memory of this slot, from a byte offset on. */
    public Slot view(memory.desc viewLayout, long offset) {
        return new Slot(viewLayout, whole(), byteOffset + offset);
    }

    /** Another layout over the same memory. */
    public Slot as(memory.desc viewLayout) {
        return view(viewLayout, 0);
    }

    public memory.desc layout() {
        return layout;
    }

    public data_type type() {
        return layout.get_data_type().intern();
    }

    /** Size of the i-th logical axis. */
    public long size(int axis) {
        return layout.get_dims().get(axis);
    }

    /** Number of logical axes. */
    public int rank() {
        return layout.get_ndims();
    }

    /** The numbers themselves; float32 slots without gaps only, and only when the program is complete. */
    public FloatBuffer floats() {
        return new FloatPointer(address())
                .capacity(layout.get_size() / Float.BYTES)
                .asBuffer();
    }

    /** Sets every number to 1; float32 and bfloat16 only. */
    void fillWithOnes() {
        if (type() == data_type.bf16) {
            ShortPointer numbers = new ShortPointer(address());
            for (long i = 0; i < layout.get_size() / Short.BYTES; i++) {
                numbers.put(i, BFLOAT16_ONE);
            }
        } else {
            FloatBuffer numbers = floats();
            for (int i = 0; i < numbers.capacity(); i++) {
                numbers.put(i, 1f);
            }
        }
    }

    void use(int step) {
        Slot owner = whole();
        owner.firstUse = Math.min(owner.firstUse, step);
        owner.lastUse = Math.max(owner.lastUse, step);
    }

    int firstUse() {
        return firstUse;
    }

    int lastUse() {
        return lastUse;
    }

    long bytes() {
        return layout.get_size();
    }

    void place(Pointer address) {
        start = address;
    }

    Slot whole() {
        return whole == null ? this : whole;
    }

    /** oneDNN's handle of this slot, at its final address. */
    memory bound() {
        if (bound == null) {
            bound = new memory(layout, OneDnn.engine(), address());
        }
        return bound;
    }

    private Pointer address() {
        Pointer base = whole().start;
        if (base == null) {
            throw new IllegalStateException("A slot has no memory before its program is complete");
        }
        return NativeMemory.shifted(base, byteOffset);
    }
}
