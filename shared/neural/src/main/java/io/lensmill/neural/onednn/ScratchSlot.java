package io.lensmill.neural.onednn;

import org.bytedeco.dnnl.memory;

/** A slot with memory of its own, for a moment. */
public final class ScratchSlot implements AutoCloseable {

    private final NativeMemory memory;
    private final Slot slot;

    public ScratchSlot(memory.desc layout) {
        memory = new NativeMemory(layout.get_size());
        slot = Slot.at(layout, memory.at(0));
    }

    public Slot slot() {
        return slot;
    }

    @Override
    public void close() {
        memory.close();
    }
}
