package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import java.util.List;

/** The expected calibration error (Guo et al. 2017, equation 3). */
final class CalibrationMetric implements ClassificationMetric {

    private static final String ESTIMATOR = "bins of equal width of the highest probability";
    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    @Override
    public MetricDescription description() {
        return new MetricDescription(
                "calibrationError",
                "Calibration",
                "How far the stated probability of the predicted class is from the share of hits; 0: right as often as"
                        + " it says.",
                "Expected calibration error");
    }

    /** Of an older state's images the confidence was not kept; n says of how many it was. */
    @Override
    public List<Figure> of(ClassificationResults results) {
        CalibrationAccumulator calibration = results.calibration();
        long n = calibration.count();
        EstimateDraft draft = EstimateDraft.by(ESTIMATOR, n).parameter("bins", CalibrationAccumulator.BINS);
        if (n == 0) {
            draft.flag(EstimateStatus.TOO_FEW, "No confidence was kept of the labelled images.");
            return List.of(Figure.one(draft, null));
        }
        EstimateDraft expected = EstimateDraft.by("by chance alone, of a calibrated classifier", n)
                .value(calibration.floor());
        return List.of(Figure.one(told(draft, calibration, n), expected));
    }

    private static EstimateDraft told(EstimateDraft draft, CalibrationAccumulator calibration, long n) {
        long enough = (long) ENOUGH * CalibrationAccumulator.BINS;
        return draft.value(calibration.expectedError())
                .parameter("ofCalibratedClassifier", calibration.floor())
                .flagIf(
                        n < enough,
                        EstimateStatus.TOO_FEW,
                        "Calibration: mostly chance below " + enough + " images; got " + n
                                + ". Compare with the parameter ofCalibratedClassifier.");
    }
}
