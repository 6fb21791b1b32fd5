package io.lensmill.metricsworker.collection;

import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.RowBlock;
import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;

/**
 * What one input partition adds to a collection: the tally folded, the embeddings as rows.
 *
 * @param key of the collection
 * @param generation of the collection, see {@link CollectionMarks#generation}
 * @param slice of time that all of it lies in
 * @param tally of the rows, and of repeats
 * @param rows a block of embeddings; none when only repeats came
 */
public record CollectionPartial(
        CollectionKey key, long generation, long slice, CollectionTally tally, List<EmbeddingRow> rows) {

    private static final int VERSION = 2;

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION);
        key.write(writer);
        return writer.count(generation)
                .count(slice)
                .bytes(tally.toBytes())
                .bytes(RowBlock.toBytes(rows))
                .toBytes();
    }

    public static CollectionPartial fromBytes(byte[] state) {
        StateReader reader = new StateReader("a collection's partial", state, VERSION);
        CollectionPartial partial = new CollectionPartial(
                CollectionKey.read(reader),
                reader.count(),
                reader.count(),
                CollectionTally.fromBytes(reader.bytes()),
                RowBlock.fromBytes(reader.bytes()));
        reader.end();
        return partial;
    }
}
