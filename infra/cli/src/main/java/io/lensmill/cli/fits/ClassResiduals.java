package io.lensmill.cli.fits;

import io.lensmill.metrics.distribution.SortedSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What smooth lenses leave of one class's images, beside simulated ones.
 *
 * @param name of the class; {@code unlabelled} for images in no folder of a class
 * @param images fits of images that count
 * @param imagesLeftOut fits of images that found no lens: their status is neither OK nor POOR
 * @param simulated fits of simulated images that count
 * @param simulatedLeftOut those that do not
 * @param blurs the comparison at each blur; empty when no fit counts on one side
 * @param verdict in words
 */
public record ClassResiduals(
        String name,
        int images,
        int imagesLeftOut,
        int simulated,
        int simulatedLeftOut,
        List<BlurComparison> blurs,
        String verdict) {

    /** @param limits 95th percentile of smooth lenses at each blur; null when there are none */
    static ClassResiduals of(String name, FitGroup images, FitGroup simulated, List<Double> limits) {
        List<BlurComparison> blurs = new ArrayList<>();
        if (!images.found().isEmpty() && !simulated.found().isEmpty()) {
            for (int blur = 0; blur < FitLine.BLUR_PIXELS.size(); blur++) {
                SortedSample left = images.strengths(blur);
                SortedSample right = simulated.strengths(blur);
                blurs.add(BlurComparison.of(
                        FitLine.BLUR_PIXELS.get(blur), left, right, limits == null ? null : limits.get(blur)));
            }
        }
        ClassResiduals silent = new ClassResiduals(
                name,
                images.found().size(),
                images.leftOut(),
                simulated.found().size(),
                simulated.leftOut(),
                blurs,
                "");
        return silent.with(ResidualVerdict.of(silent));
    }

    private ClassResiduals with(String words) {
        return new ClassResiduals(name, images, imagesLeftOut, simulated, simulatedLeftOut, blurs, words);
    }

    /**
     * The blur that tells the factor between images and simulated ones best: that of the narrowest interval. Chosen by
     * the difference itself, it would be the one that chance moved furthest.
     */
    BlurComparison sharpest() {
        return blurs.stream()
                .min(Comparator.comparingDouble(BlurComparison::uncertainty))
                .orElseThrow();
    }
}
