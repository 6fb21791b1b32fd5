package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.CollectionAction;
import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/** What the orders to one collection have come to, for every model and for single ones. */
public final class CollectionMarks {

    private static final int VERSION = 1;

    /**
     * @param resets how often it was begun anew
     * @param generation number of the order that began it anew last; 0: none
     * @param gate number of the order that opened or closed it last; 0: none
     * @param closed what that order made of it
     */
    private record Mark(long resets, long generation, long gate, boolean closed) {

        static final Mark NONE = new Mark(0, 0, 0, false);

        Mark after(CollectionAction action, long number) {
            return switch (action) {
                case CLOSE -> new Mark(resets, generation, number, true);
                case REOPEN -> new Mark(resets, generation, number, false);
                case RESET -> new Mark(resets + 1, number, number, false);
            };
        }
    }

    private final Map<String, Mark> byModel = new TreeMap<>();
    private Mark general = Mark.NONE;
    private long last;

    /** An order that was followed before changes nothing. */
    public void follow(CollectionOrder order) {
        if (order.number() <= last) {
            return;
        }
        last = order.number();
        if (order.modelId().isEmpty()) {
            general = general.after(order.action(), order.number());
        } else {
            byModel.put(order.modelId(), own(order.modelId()).after(order.action(), order.number()));
        }
    }

    private Mark own(String modelId) {
        return byModel.getOrDefault(modelId, Mark.NONE);
    }

    /** Results of different generations are never added up; a higher one replaces a lower one. 0: never reset. */
    public long generation(String modelId) {
        return Math.max(general.generation(), own(modelId).generation());
    }

    /** How often the collection was begun anew under this model. */
    public long resets(String modelId) {
        return general.resets() + own(modelId).resets();
    }

    public boolean isClosed(String modelId) {
        Mark own = own(modelId);
        return general.gate() > own.gate() ? general.closed() : own.closed();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(last);
        write(writer, general);
        writer.count(byModel.size());
        byModel.forEach((modelId, mark) -> write(writer.text(modelId), mark));
        return writer.toBytes();
    }

    private static void write(StateWriter writer, Mark mark) {
        writer.count(mark.resets()).count(mark.generation()).count(mark.gate()).flag(mark.closed());
    }

    public static CollectionMarks fromBytes(byte[] state) {
        StateReader reader = new StateReader("a collection's marks", state, VERSION);
        CollectionMarks marks = new CollectionMarks();
        marks.last = reader.count();
        marks.general = readMark(reader);
        for (int left = reader.size(5); left > 0; left--) {
            String modelId = reader.text();
            marks.byModel.put(modelId, readMark(reader));
        }
        reader.end();
        return marks;
    }

    private static Mark readMark(StateReader reader) {
        return new Mark(reader.count(), reader.count(), reader.count(), reader.flag());
    }
}
