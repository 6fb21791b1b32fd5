package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ForeignAccumulator;
import io.lensmill.metrics.classification.Interval;
import java.util.Locale;

/** The share of images that are not like those that the model was trained on. */
final class ForeignShareMetric {

    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    /**
     * A collection is foreign as a whole when certainly more of it lies beyond the threshold than so many times what
     * chance puts there: a small excess is measurable in many images, and harms nobody.
     */
    private static final double CERTAINLY_MORE = 2;

    MetricDescription description() {
        return new MetricDescription(
                "foreignShare",
                "Foreign images",
                "Share of the images that lie farther from the model's training images than its threshold; by chance"
                        + " alone the expected share does.",
                "Share of images");
    }

    Figure of(ForeignAccumulator counts) {
        long n = counts.judged();
        Interval interval = Interval.wilson(counts.foreign(), n);
        double expected = counts.falseAlarmRate();
        EstimateDraft share = EstimateDraft.by("exact", n)
                .value((double) counts.foreign() / n)
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .parameter("falseAlarmRate", expected)
                .flagIf(n < ENOUGH, EstimateStatus.TOO_FEW, "Fewer than " + ENOUGH + " images: " + n + ".")
                .flagIf(
                        n >= ENOUGH && interval.lower() > CERTAINLY_MORE * expected,
                        EstimateStatus.FOREIGN,
                        warning(counts));
        return Figure.one(
                share,
                EstimateDraft.by("share of the model's held-out images", n).value(expected));
    }

    private static String warning(ForeignAccumulator counts) {
        return String.format(
                Locale.ROOT,
                "%d of %d images are not like those that the model was trained on (by chance %.0f %% would be): its"
                        + " classes and probabilities may be wrong, however sure they sound. Train on images"
                        + " like these.",
                counts.foreign(),
                counts.judged(),
                100 * counts.falseAlarmRate());
    }
}
