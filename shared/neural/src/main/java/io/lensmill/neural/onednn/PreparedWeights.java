package io.lensmill.neural.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Weights in the layouts and number formats that primitives chose, kept for all programs of a network and made anew
 * when the parameters have changed.
 */
public final class PreparedWeights implements AutoCloseable {

    /** One array of prepared weights. */
    static final class Entry {
        private final String key;
        private final NativeMemory memory;
        private final Slot slot;
        private Runnable preparation = () -> {};
        private long version = -1;

        private Entry(String key, memory.desc layout) {
            this.key = key;
            this.memory = new NativeMemory(layout.get_size());
            this.slot = Slot.at(layout, memory.at(0));
        }

        Slot slot() {
            return slot;
        }

        void refresh(long parameterVersion) {
            if (version != parameterVersion) {
                preparation.run();
                version = parameterVersion;
            }
        }
    }

    /** Fills a slot from the parameters. */
    interface Preparation {
        Runnable into(Slot target);
    }

    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param key what the weights are: equal keys have equal numbers
     * @param layout how they shall lie
     * @param preparation makes them
     */
    Entry get(String key, memory.desc layout, Preparation preparation) {
        for (Entry entry : entries) {
            if (entry.key.equals(key)
                    && dnnl.dnnl_memory_desc_equal(entry.slot.layout().get(), layout.get()) != 0) {
                return entry;
            }
        }
        // The copy belongs to this store; the original goes with the program that asked first.
        Entry entry = new Entry(key, new memory.desc(layout));
        entry.preparation = preparation.into(entry.slot);
        entries.add(entry);
        return entry;
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.memory.close());
    }
}
