package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What speaks against a fit.
 *
 * @param status the gravest of it
 * @param remarks a sentence for each, with the number that was found and the one that is allowed; empty when OK
 */
record FitReview(FitStatus status, List<String> remarks) {

    /** Standard deviations of chance beyond which it is none. */
    private static final double CHANCE = 4;

    /**
     * Standard deviation of chi squared per pixel, times the image's side in pixels: 0.02 at 150, of the pixels and of
     * their noise as it is read from the image.
     */
    private static final double CHI_SQUARED_CHANCE = 3;

    /** Residuals at any scale that are no stronger do not matter, however surely they are there. */
    private static final double STRENGTH = 1.5;

    /** Light at the edge, in parts of the peak. */
    private static final double AT_EDGE = 0.1;

    /** In standard deviations of the noise, all light together: what a search finds in noise stays below 8. */
    private static final double LIGHT = 10;

    /** The review of where a search ended. */
    static FitReview of(
            LevenbergMarquardt.End end,
            FitSettings settings,
            double[] weights,
            boolean solved,
            double chiSquaredPerPixel,
            List<Residuals.Strength> strengths) {
        FitReview review = new FitReview(FitStatus.OK, List.of());
        double light = light(end, weights);
        if (!(light >= LIGHT)) {
            return review.with(
                    FitStatus.NO_LIGHT,
                    "All light together is %.1f standard deviations of the noise; a lens has at least %.0f",
                    light,
                    LIGHT);
        }
        if (!end.converged()) {
            review = review.with(FitStatus.NOT_CONVERGED, "The search did not come to an end");
        }
        if (!solved) {
            review = review.with(FitStatus.NOT_CONVERGED, "The image does not tell the parameters from each other");
        }
        for (LensParameter parameter : LensParameter.of(settings.mass())) {
            double value = end.value(parameter);
            double low = parameter.low(settings.pixelScaleArcsec());
            if (value <= low || value >= parameter.high()) {
                review = review.with(
                        FitStatus.AT_LIMIT, "%s ended at %.4g, the limit of what is searched", parameter.id(), value);
            }
        }
        int size = (int) Math.round(Math.sqrt(end.image().length));
        double edge = edge(end, size);
        if (edge > AT_EDGE) {
            review = review.with(
                    FitStatus.CUT_OFF, "Light at the image's edge is %.2f of the peak, above %.2f", edge, AT_EDGE);
        }
        double limit = 1 + CHANCE * CHI_SQUARED_CHANCE / size;
        if (chiSquaredPerPixel > limit) {
            review =
                    review.with(FitStatus.POOR, "Chi squared per pixel is %.3f, above %.3f", chiSquaredPerPixel, limit);
        }
        Residuals.Strength strongest =
                Collections.max(strengths, Comparator.comparingDouble(s -> s.value() / allowed(s)));
        if (strongest.value() > allowed(strongest)) {
            review = review.with(
                    FitStatus.POOR,
                    "Residuals are %.2f times as strong as noise, above %.2f",
                    strongest.value(),
                    allowed(strongest));
        }
        return review;
    }

    private static double allowed(Residuals.Strength strength) {
        return Math.max(STRENGTH, 1 + CHANCE * strength.chance());
    }

    /** The first that is found is the gravest. */
    private FitReview with(FitStatus found, String remark, Object... numbers) {
        List<String> more = new ArrayList<>(remarks);
        more.add(String.format(Locale.ROOT, remark, numbers));
        return new FitReview(status == FitStatus.OK ? found : status, List.copyOf(more));
    }

    private static double light(LevenbergMarquardt.End end, double[] weights) {
        double sky = end.value(LensParameter.SKY);
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            double light = (end.image()[i] - sky) * weights[i];
            squares += light * light;
        }
        return Math.sqrt(squares);
    }

    private static double edge(LevenbergMarquardt.End end, int size) {
        double sky = end.value(LensParameter.SKY);
        double peak = 0;
        double edge = 0;
        for (int i = 0; i < end.image().length; i++) {
            double light = end.image()[i] - sky;
            int row = i / size;
            int column = i % size;
            peak = Math.max(peak, light);
            if (Math.min(Math.min(row, column), Math.min(size - 1 - row, size - 1 - column)) == 0) {
                edge = Math.max(edge, light);
            }
        }
        return edge / peak;
    }
}
