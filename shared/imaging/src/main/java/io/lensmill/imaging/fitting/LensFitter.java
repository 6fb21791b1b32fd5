package io.lensmill.imaging.fitting;

import io.lensmill.imaging.Finite;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.preprocessing.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Fits a smooth lens to images: many starts on a coarse copy of the image, the best of them refined on the image
 * itself. Safe for use by several threads.
 */
public final class LensFitter {

    /** Smallest side of an image in pixels. */
    public static final int SMALLEST = 24;

    /** Largest side of an image in pixels: a step works out every derivative at every ray. */
    public static final int LARGEST = 600;

    private static final int NEARER = 12;
    private static final int REFINED = 25;
    private static final double ROUGH = 0.1;
    private static final double FINE = 1e-3;

    private final FitSettings settings;
    private final double[] low;
    private final double[] high;

    public LensFitter(FitSettings settings) {
        this.settings = settings;
        low = LensParameter.lows(settings.mass(), settings.pixelScaleArcsec());
        high = LensParameter.highs(settings.mass());
    }

    /**
     * Fits the centre square of an image.
     *
     * @param image sides of {@value #SMALLEST} to {@value #LARGEST} pixels; NaN pixels are left out
     * @throws IllegalArgumentException when a side is out of range or all pixels are alike
     */
    public LensFit fit(FloatImage image) {
        FloatImage square = Resampling.centreSquare(image);
        int size = square.width();
        if (size < SMALLEST || size > LARGEST) {
            throw new IllegalArgumentException("A lens is fitted to images of " + SMALLEST + " to " + LARGEST
                    + " pixels a side; got " + image.height() + " x " + image.width());
        }
        PixelGrid pixels = PixelGrid.of(square);
        if (pixels.even()) {
            throw new IllegalArgumentException("No pixel differs from another: there is nothing to fit");
        }
        PixelNoise noise = PixelNoise.of(pixels);
        List<double[]> candidates = new CoarseSearch(pixels, noise, settings).candidates();
        if (candidates.isEmpty()) {
            return nothing(square, noise);
        }
        // Twice: the noise of a pixel follows from what the model expects there.
        LevenbergMarquardt.End near = nearest(candidates, pixels, noise);
        double[] weights = pixels.weights(near.image(), noise, 0);
        LevenbergMarquardt exact =
                new LevenbergMarquardt(model(settings.supersampling(), pixels), pixels.values(), low, high);
        LevenbergMarquardt.End end = exact.search(near.parameters(), weights, REFINED, FINE);
        return result(end, pixels, weights, noise);
    }

    /** The candidate that describes the image best, with one ray for each pixel. */
    private LevenbergMarquardt.End nearest(List<double[]> candidates, PixelGrid pixels, PixelNoise noise) {
        SmoothLensModel model = model(1, pixels);
        LevenbergMarquardt quick = new LevenbergMarquardt(model, pixels.values(), low, high);
        // Not of the pixels themselves: those that chance made faint would count for more than the bright ones.
        double[] weights = pixels.weights(model.image(candidates.get(0)), noise, 0);
        LevenbergMarquardt.End best = null;
        for (double[] candidate : candidates) {
            LevenbergMarquardt.End end = quick.search(candidate, weights, NEARER, ROUGH);
            best = best == null || end.chiSquared() < best.chiSquared() ? end : best;
        }
        return best;
    }

    private SmoothLensModel model(int supersampling, PixelGrid pixels) {
        return new SmoothLensModel(settings.mass(), pixels.size(), settings.pixelScaleArcsec(), supersampling);
    }

    private LensFit result(LevenbergMarquardt.End end, PixelGrid pixels, double[] weights, PixelNoise noise) {
        int count = end.parameters().length;
        double chiSquared = end.chiSquared() / (pixels.present() - count);
        double[] residual = Residuals.of(pixels, end.image(), weights);
        List<Residuals.Strength> strengths = Residuals.strengths(residual, end, weights, pixels.size());
        DMatrixRMaj covariance = new DMatrixRMaj(count, count);
        boolean solved = CommonOps_DDRM.invertSPD(end.information(), covariance);
        FitReview review = FitReview.of(end, settings, weights, solved, chiSquared, strengths);
        return new LensFit(
                settings,
                review.status(),
                review.remarks(),
                chiSquared,
                noise,
                Arrays.stream(end.parameters()).boxed().toList(),
                rows(covariance),
                strengths.stream().map(Residuals.Strength::value).toList(),
                image(end.image(), pixels.size()),
                image(residual, pixels.size()));
    }

    private LensFit nothing(FloatImage square, PixelNoise noise) {
        FloatImage empty = new FloatImage(square.height(), square.width(), new float[square.pixels().length]);
        return new LensFit(
                settings,
                FitStatus.NO_LIGHT,
                List.of("Nothing is brighter than the image's border"),
                Double.NaN,
                noise,
                List.of(),
                List.of(),
                List.of(),
                Finite.filled(square),
                empty);
    }

    private static FloatImage image(double[] values, int size) {
        float[] pixels = new float[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) values[i];
        }
        return new FloatImage(size, size, pixels);
    }

    private static List<List<Double>> rows(DMatrixRMaj matrix) {
        List<List<Double>> rows = new ArrayList<>();
        for (int row = 0; row < matrix.getNumRows(); row++) {
            List<Double> values = new ArrayList<>();
            for (int column = 0; column < matrix.getNumCols(); column++) {
                values.add(matrix.get(row, column));
            }
            rows.add(values);
        }
        return rows;
    }
}
