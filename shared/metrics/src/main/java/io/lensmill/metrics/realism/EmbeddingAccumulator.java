package io.lensmill.metrics.realism;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;
import java.util.Optional;

/**
 * The embeddings of one collection, in bounded space. Up to {@link EmbeddingSettings#sampleRows} rows are held as they
 * are, and every number is exact. Beyond, a random sample of that many stays, and all rows are folded into
 * {@link DenseMoments}. Order-free to rounding, mergeable, whatever the sizes.
 */
public final class EmbeddingAccumulator {

    private static final int VERSION = 1;

    private final EmbeddingSettings settings;
    private final int dimensions;
    private final RowSample sample;
    private DenseMoments dense;
    private long count;

    public EmbeddingAccumulator(EmbeddingSettings settings, int dimensions) {
        this(settings, dimensions, new RowSample(settings.sampleRows()));
    }

    private EmbeddingAccumulator(EmbeddingSettings settings, int dimensions, RowSample sample) {
        this.settings = settings;
        this.dimensions = dimensions;
        this.sample = sample;
    }

    public void add(EmbeddingRow row) {
        if (row.values().length != dimensions) {
            throw new IllegalArgumentException(
                    "An embedding must have " + dimensions + " values; got " + row.values().length + ".");
        }
        if (dense == null && count == sample.capacity()) {
            dense = folded();
        }
        if (dense != null) {
            dense.add(row);
        }
        sample.add(row);
        count++;
    }

    public void merge(EmbeddingAccumulator other) {
        if (other.dense == null) {
            other.sample.rows().forEach(this::add);
            return;
        }
        if (dense == null) {
            dense = folded();
        }
        dense.merge(other.dense);
        sample.merge(other.sample);
        count += other.count;
    }

    /** Right only while the sample holds every row. */
    private DenseMoments folded() {
        DenseMoments folded = new DenseMoments(settings, dimensions);
        sample.rows().forEach(folded::add);
        return folded;
    }

    public int dimensions() {
        return dimensions;
    }

    public long count() {
        return count;
    }

    /** Whether {@link #sample} holds every row, so that what is computed from it is exact. */
    public boolean isComplete() {
        return dense == null;
    }

    public RowSample sample() {
        return sample;
    }

    /** Moments of the rows of half 0 and of half 1, see {@link EmbeddingRow#half}. */
    public List<MomentAccumulator> halves() {
        return dense != null ? dense.halves() : DenseMoments.halvesOf(sample.rows(), dimensions);
    }

    /** Moments of all rows. */
    public MomentAccumulator moments() {
        List<MomentAccumulator> halves = halves();
        MomentAccumulator all = halves.get(0).copy();
        all.merge(halves.get(1));
        return all;
    }

    /** The sketch of this bandwidth, if it has seen every row; there is none while the rows themselves are held. */
    public Optional<RandomFeatureAccumulator> sketch(double bandwidth) {
        return Optional.ofNullable(dense).flatMap(d -> d.sketch(bandwidth)).filter(sketch -> sketch.count() == count);
    }

    /** Independent of this one. */
    public EmbeddingAccumulator copy() {
        RowSample rows = new RowSample(sample.capacity());
        rows.merge(sample);
        EmbeddingAccumulator copy = new EmbeddingAccumulator(settings, dimensions, rows);
        copy.dense = dense == null ? null : dense.copy();
        copy.count = count;
        return copy;
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(dimensions).count(count);
        writer.bytes(sample.toBytes()).flag(dense != null);
        return (dense == null ? writer : writer.bytes(dense.toBytes())).toBytes();
    }

    /** Sketches that were made with other settings are left behind, since nothing can be added to them. */
    public static EmbeddingAccumulator fromBytes(byte[] state, EmbeddingSettings settings) {
        StateReader reader = new StateReader("an embedding accumulator", state, VERSION);
        int dimensions = Math.toIntExact(reader.count());
        long count = reader.count();
        RowSample sample = RowSample.fromBytes(reader.bytes());
        EmbeddingAccumulator accumulator = new EmbeddingAccumulator(settings, dimensions, sample);
        accumulator.count = count;
        accumulator.dense = reader.flag() ? DenseMoments.fromBytes(reader.bytes(), settings, dimensions) : null;
        reader.end();
        return accumulator;
    }
}
