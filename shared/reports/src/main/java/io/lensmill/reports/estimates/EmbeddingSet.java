package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.MomentAccumulator;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * The embeddings of one set of images as metrics see them. Nobody adds to it any more, so what one metric has worked
 * out of it is remembered for the next metric and, with the set, for the next report. One thread at a time.
 */
public abstract class EmbeddingSet {

    private final Map<Object, Object> remembered = new HashMap<>();

    /** Embeddings that there are, 0 or more. */
    public abstract long count();

    public abstract int dimensions();

    /** [h, d], those that are held as they are: all of them or a uniform sample, in an order that says nothing. */
    public abstract DMatrixRMaj rows();

    /** Of all embeddings. */
    public abstract MomentAccumulator moments();

    /** Frechet distances between halves of the set: the raw matter of the floor. */
    public abstract HalfDistances halves();

    /** A sketch of all embeddings under a Gaussian kernel; empty where there is none. */
    public abstract Optional<RandomFeatureAccumulator> sketch(double bandwidth);

    /** Whether {@link #rows} are all, so that what is computed from them is exact. */
    public final boolean isComplete() {
        return rows().numRows == count();
    }

    /** The first rows, which are a uniform sample as well. */
    public final DMatrixRMaj rows(int most) {
        DMatrixRMaj all = rows();
        if (all.numRows <= most) {
            return all;
        }
        return once("rows " + most, () -> {
            DMatrixRMaj first = new DMatrixRMaj(most, all.numCols);
            System.arraycopy(all.data, 0, first.data, 0, first.getNumElements());
            return first;
        });
    }

    /**
     * What {@code work} gives, worked out the first time only.
     *
     * @param what names the work and everything that it depends on besides this set; equal keys give the same object
     */
    public final <T> T once(Object what, Supplier<T> work) {
        // No computeIfAbsent: work may itself ask for what is remembered.
        Object known = remembered.get(what);
        if (known == null) {
            known = work.get();
            remembered.put(what, known);
        }
        @SuppressWarnings("unchecked") // whoever chose the key chose the type
        T found = (T) known;
        return found;
    }
}
