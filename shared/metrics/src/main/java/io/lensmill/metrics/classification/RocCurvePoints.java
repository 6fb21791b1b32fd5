package io.lensmill.metrics.classification;

import java.util.ArrayList;
import java.util.List;

/** Points of an ROC curve from (0,0) to (1,1), both coordinates ascending. */
public record RocCurvePoints(List<Double> falsePositiveRate, List<Double> truePositiveRate) {

    /** Most points that a curve is given with. */
    public static final int MAX_POINTS = 200;

    /** Collects a curve; points that lie closer than 1/99 along the curve (in the city-block metric) are left out. */
    static final class Builder {

        // From (0,0) to (1,1) a curve is 2 long: at most 198 points between its two ends.
        private static final double LEAST_STEP = 2.0 / (MAX_POINTS - 2);

        private final List<Double> x = new ArrayList<>(List.of(0.0));
        private final List<Double> y = new ArrayList<>(List.of(0.0));

        void add(double falsePositiveRate, double truePositiveRate) {
            int last = x.size() - 1;
            if (falsePositiveRate - x.get(last) + truePositiveRate - y.get(last) >= LEAST_STEP) {
                x.add(falsePositiveRate);
                y.add(truePositiveRate);
            }
        }

        RocCurvePoints build() {
            int last = x.size() - 1;
            if (x.get(last) < 1 || y.get(last) < 1) {
                x.add(1.0);
                y.add(1.0);
            }
            return new RocCurvePoints(List.copyOf(x), List.copyOf(y));
        }
    }
}
