package io.lensmill.metricsworker.page.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One report's place in the history of a collection.
 *
 * @param at when the report was made, milliseconds since 1970 UTC
 * @param n images counted
 * @param bandwidth name of the kernel whose numbers are followed, where a metric has one per kernel; null without any
 * @param figures by the name of the metric
 */
public record RealismPoint(long at, long n, String bandwidth, Map<String, Pair> figures) {

    private static final String BANDWIDTH = "bandwidth";
    private static final String ADAPTED = "auto";

    /** A number, and what a perfect generator would show; that may be null. */
    public record Pair(Span value, Span expected) {}

    /** A number with its interval. */
    public record Span(Double value, Double lower, Double upper) {

        static Span of(EstimateView estimate) {
            return estimate == null ? null : new Span(estimate.value(), estimate.lower(), estimate.upper());
        }
    }

    /** @param realism figures of realism */
    static RealismPoint of(long at, long n, List<FigureView> realism) {
        String followed = followed(realism);
        Map<String, Pair> figures = new LinkedHashMap<>();
        for (FigureView figure : realism) {
            String bandwidth = figure.labels().get(BANDWIDTH);
            if (bandwidth == null || bandwidth.equals(followed)) {
                figures.put(figure.name(), new Pair(Span.of(figure.estimate()), Span.of(figure.expected())));
            }
        }
        return new RealismPoint(at, n, followed, figures);
    }

    /** The kernel that suits the reference, or else the widest named. */
    private static String followed(List<FigureView> realism) {
        List<String> bandwidths = realism.stream()
                .map(figure -> figure.labels().get(BANDWIDTH))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (bandwidths.isEmpty() || bandwidths.contains(ADAPTED)) {
            return bandwidths.isEmpty() ? null : ADAPTED;
        }
        return bandwidths.get(bandwidths.size() - 1);
    }
}
