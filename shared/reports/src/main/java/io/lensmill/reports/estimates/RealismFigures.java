package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.NamedEstimate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The numbers of realism: which there are, and each of a comparison or of a set alone. */
public final class RealismFigures {

    /** In the order in which they are shown. */
    public static final List<RealismMetric> METRICS = List.of(
            new FrechetMetric(),
            new FrechetFloorMetric(),
            new FrechetInfinityMetric(),
            new KernelInceptionMetric(),
            new MemorisationMetric(),
            new ModeCountMetric(),
            new RelativeEntropyMetric(),
            new VendiMetric());

    private RealismFigures() {}

    /** Those that follow from moments, at once. */
    public static List<NamedEstimate> ofMoments(Comparison comparison, boolean trained) {
        return told(metric -> !metric.looksAtRows(), metric -> compared(metric, comparison), trained, () -> {});
    }

    /**
     * Those that look at single rows; of many images they take seconds.
     *
     * @param trained false: every number is flagged
     */
    public static List<NamedEstimate> ofRows(Comparison comparison, boolean trained) {
        return told(RealismMetric::looksAtRows, metric -> compared(metric, comparison), trained, () -> {});
    }

    /** All of them, {@code oneDone} being called after each metric. */
    public static List<NamedEstimate> of(Comparison comparison, boolean trained, Runnable oneDone) {
        return told(metric -> true, metric -> compared(metric, comparison), trained, oneDone);
    }

    /** What a set tells of itself; the rest is absent with the reason. */
    public static List<NamedEstimate> of(LoneSet set, boolean trained, Runnable oneDone) {
        return told(metric -> true, metric -> alone(metric, set), trained, oneDone);
    }

    /** A metric that the embeddings are too extreme for is absent with this reason, and the others are there. */
    private static List<Figure> compared(RealismMetric metric, Comparison comparison) {
        try {
            return metric.compared(comparison);
        } catch (ArithmeticException e) {
            return metric.alone(unworkable(comparison.smallerCount(), comparison.settings(), e));
        }
    }

    private static List<Figure> alone(RealismMetric metric, LoneSet set) {
        try {
            return metric.alone(set);
        } catch (ArithmeticException e) {
            return metric.alone(unworkable(set.count(), set.settings(), e));
        }
    }

    private static LoneSet unworkable(long count, EstimateSettings settings, ArithmeticException why) {
        return LoneSet.of(
                Optional.empty(),
                count,
                settings,
                new Obstacle(
                        EstimateStatus.RANK_DEFICIENT,
                        "The embeddings are too large, or too different in size, for double precision. ("
                                + why.getMessage() + ")"));
    }

    private static List<NamedEstimate> told(
            Predicate<RealismMetric> wanted,
            Function<RealismMetric, List<Figure>> work,
            boolean trained,
            Runnable oneDone) {
        return METRICS.stream()
                .filter(wanted)
                .flatMap(metric -> {
                    List<Figure> figures = work.apply(metric);
                    oneDone.run();
                    return figures.stream()
                            .map(figure -> metric.description().named(EstimateGroup.REALISM, figure, trained));
                })
                .toList();
    }
}
