package io.lensmill.metricsworker.page.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of a curve, in order. When they become too many every second one goes, so the curve keeps its whole course and
 * loses detail, and its memory stays bounded.
 */
final class Course {

    private Course() {}

    /**
     * The points with one more behind them; at most so many.
     *
     * @param most an even number
     */
    static <P> List<P> with(List<P> points, P next, int most) {
        List<P> longer = new ArrayList<>(most);
        boolean full = points.size() >= most;
        for (int i = 0; i < points.size(); i += full ? 2 : 1) {
            longer.add(points.get(i));
        }
        longer.add(next);
        return List.copyOf(longer);
    }
}
