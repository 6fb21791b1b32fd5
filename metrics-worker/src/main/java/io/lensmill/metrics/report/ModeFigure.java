package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.ModeCount;
import java.util.Map;

/**
 * A mode count and how it came about.
 *
 * @param modes value and interval
 * @param estimator how it was computed
 * @param n embeddings that it speaks of
 * @param parameters settings of the estimator
 */
record ModeFigure(ModeCount modes, String estimator, long n, Map<String, String> parameters) {

    boolean seesSingleImages() {
        return modes.seesSingleImages(n);
    }

    EstimateDraft draft() {
        EstimateDraft draft = EstimateDraft.by(estimator, n).value(modes.value());
        if (modes.upper() > modes.lower()) {
            draft.interval("95 %, jackknife", modes.lower(), modes.upper());
        }
        parameters.forEach(draft::parameter);
        return draft.flagIf(
                seesSingleImages(),
                EstimateStatus.TOO_FEW,
                "The kernel sees nearly every image as a mode of its own: too few images for so small a bandwidth.");
    }
}
