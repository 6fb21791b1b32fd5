package io.lensmill.metricsworker.collection;

import java.time.Duration;
import java.time.Instant;

/**
 * Time in slices of ten minutes, by the clock of whoever made a result. The window "last hour" is the current slice and
 * the five before it: between 50 and 60 minutes. Slices can be dropped whole, where single results could not be taken
 * out of a fold again.
 */
public final class TimeSlices {

    /** Length of a slice. */
    public static final Duration LENGTH = Duration.ofMinutes(10);

    private static final int IN_WINDOW = 6;

    private TimeSlices() {}

    /** @param millis milliseconds since 1970; what lies before is in slice 0 */
    public static long of(long millis) {
        return Math.max(0, millis / LENGTH.toMillis());
    }

    /** Number of the oldest slice of the window that ends now. */
    public static long oldest(long nowMillis) {
        return of(nowMillis) - IN_WINDOW + 1;
    }

    /** Whether the slice is part of the window that ends now; a slice of the future is not. */
    public static boolean inWindow(long slice, long nowMillis) {
        return slice >= oldest(nowMillis) && slice <= of(nowMillis);
    }

    public static Instant begin(long slice) {
        return Instant.ofEpochMilli(slice * LENGTH.toMillis());
    }
}
