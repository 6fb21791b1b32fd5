package io.lensmill.metricsworker.collection;

/**
 * A stretch of a collection's results: all of them, or those of one {@link TimeSlices slice} of time.
 *
 * @param key of the collection
 * @param slice number of the slice; {@link #ALL} for everything
 */
public record CollectionSpan(CollectionKey key, long slice) {

    /** Not a slice but everything since the collection began. */
    public static final long ALL = -1;

    public static CollectionSpan all(CollectionKey key) {
        return new CollectionSpan(key, ALL);
    }

    public boolean isAll() {
        return slice == ALL;
    }
}
