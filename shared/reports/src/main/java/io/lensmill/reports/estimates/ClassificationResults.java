package io.lensmill.reports.estimates;

import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import java.util.List;

/**
 * What became of labelled images, as classification metrics see it.
 *
 * @param areas one per class, in the model's order
 * @param confusion true against predicted classes, one labelled image or more
 * @param calibration of the highest probabilities
 */
public record ClassificationResults(
        List<ClassArea> areas, ConfusionMatrix confusion, CalibrationAccumulator calibration) {

    /** @param folded one labelled image or more */
    public static ClassificationResults of(ClassificationAccumulator folded) {
        return new ClassificationResults(
                folded.classes().stream()
                        .map(name -> ClassArea.binned(name, folded.roc(name)))
                        .toList(),
                folded.confusion(),
                folded.calibration());
    }

    long labelled() {
        return confusion.total();
    }
}
