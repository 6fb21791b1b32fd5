package io.lensmill.metrics.realism;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;
import java.util.TreeSet;

/**
 * A uniform random sample of a stream, the same whatever the order and the partitions: the rows of the lowest
 * identities (bottom-k sampling; the identity is a hash). All rows, as long as no more than the capacity arrived.
 */
public final class RowSample {

    private static final int VERSION = 1;

    private final TreeSet<EmbeddingRow> rows = new TreeSet<>();
    private int capacity;

    /** @param capacity rows kept at most, 2 or more */
    public RowSample(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("A sample must keep 2 rows or more; got " + capacity + ".");
        }
        this.capacity = capacity;
    }

    public void add(EmbeddingRow row) {
        // Nearly all rows of a long stream end here.
        if (rows.size() < capacity || row.compareTo(rows.last()) < 0) {
            rows.add(row);
            shrink();
        }
    }

    /** Of two capacities the smaller holds: below it both samples are complete. */
    public void merge(RowSample other) {
        capacity = Math.min(capacity, other.capacity);
        rows.addAll(other.rows);
        shrink();
    }

    private void shrink() {
        while (rows.size() > capacity) {
            rows.pollLast();
        }
    }

    public int capacity() {
        return capacity;
    }

    public int size() {
        return rows.size();
    }

    /** In order of identity. */
    public List<EmbeddingRow> rows() {
        return List.copyOf(rows);
    }

    /** The first of {@link #rows}: itself a uniform sample. */
    public List<EmbeddingRow> rows(int limit) {
        return rows.stream().limit(limit).toList();
    }

    public byte[] toBytes() {
        return new StateWriter(VERSION)
                .count(capacity)
                .bytes(RowBlock.toBytes(rows()))
                .toBytes();
    }

    public static RowSample fromBytes(byte[] state) {
        StateReader reader = new StateReader("a sample of rows", state, VERSION);
        RowSample sample = new RowSample(Math.toIntExact(reader.count()));
        RowBlock.fromBytes(reader.bytes()).forEach(sample::add);
        reader.end();
        return sample;
    }
}
