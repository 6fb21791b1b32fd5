package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.NamedEstimate;
import java.util.Optional;

/**
 * What a metric is called and how it is read, told once, beside its arithmetic.
 *
 * @param name as in {@link NamedEstimate}: letters and digits, the first one small
 * @param title as people call it, at most 20 characters
 * @param explanation a sentence: what to hold the number against
 * @param axis what is counted and in which unit; metrics of one axis are drawn side by side
 * @param logarithmic whether the axis is better drawn logarithmically
 */
public record MetricDescription(String name, String title, String explanation, String axis, boolean logarithmic) {

    /** On a linear axis. */
    MetricDescription(String name, String title, String explanation, String axis) {
        this(name, title, explanation, axis, false);
    }

    /** @param trained false: every number is flagged, since the embedding says nothing of the images */
    NamedEstimate named(EstimateGroup group, Figure figure, boolean trained) {
        return NamedEstimate.newBuilder()
                .setName(name)
                .setLabels(figure.labels())
                .setGroup(group)
                .setTitle(title)
                .setExplanation(explanation)
                .setAxis(axis)
                .setLogarithmic(logarithmic)
                .setEstimate(Untrained.flagged(figure.estimate(), trained).build())
                .setExpected(Optional.ofNullable(figure.expected())
                        .map(draft -> Untrained.flagged(draft, trained).build())
                        .orElse(null))
                .build();
    }
}
