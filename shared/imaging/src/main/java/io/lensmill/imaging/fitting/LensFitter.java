package io.lensmill.imaging.fitting;

import io.lensmill.imaging.Finite;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.preprocessing.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
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

    private static final int COARSE_SIDE = 36;
    private static final int FIRST_LOOK = 3;
    private static final int LONGER_LOOK = 12;
    private static final int REFINED = 25;
    private static final int KEPT = 6;
    private static final int CANDIDATES = 3;
    private static final double ROUGH = 1e-3;
    private static final double FINE = 1e-6;

    private static final List<LensParameter> PLACE =
            List.of(LensParameter.EINSTEIN_RADIUS_ARCSEC, LensParameter.SOURCE_X_ARCSEC, LensParameter.SOURCE_Y_ARCSEC);

    private static final double SAME_ARCSEC = 0.04;

    /**
     * 0.02 is the chance of the pixels and of their noise as it is read from an image of 150 pixels; four times that.
     */
    private static final double POOR = 1.08;

    /** Of the residuals at any scale: smooth lenses stay below 1.1, the faintest substructure that shows is at 2. */
    private static final double STRONG = 1.5;

    /** Light at the edge, in parts of the peak. */
    private static final double AT_EDGE = 0.1;

    private final FitSettings settings;
    private final double[] low;
    private final double[] high;

    public LensFitter(FitSettings settings) {
        this.settings = settings;
        List<LensParameter> parameters = LensParameter.of(settings.mass());
        low = parameters.stream().mapToDouble(LensParameter::low).toArray();
        high = parameters.stream().mapToDouble(LensParameter::high).toArray();
    }

    /**
     * Fits the centre square of an image.
     *
     * @param image sides of {@value #SMALLEST} to {@value #LARGEST} pixels; NaN pixels take the median of the others
     * @throws IllegalArgumentException when a side is out of range or no pixel is finite
     */
    public LensFit fit(FloatImage image) {
        FloatImage square = Resampling.centreSquare(Finite.filled(image));
        int size = square.width();
        if (size < SMALLEST || size > LARGEST) {
            throw new IllegalArgumentException("A lens is fitted to images of " + SMALLEST + " to " + LARGEST
                    + " pixels a side; got " + image.height() + " x " + image.width());
        }
        double[] pixels = doubles(square);
        if (Arrays.stream(pixels).allMatch(pixel -> pixel == pixels[0])) {
            return nothing(square);
        }
        PixelNoise noise = PixelNoise.of(pixels, size);
        List<LevenbergMarquardt.End> candidates = candidates(pixels, size, noise);
        if (candidates.isEmpty()) {
            return nothing(square);
        }
        SmoothLensModel oneRay = new SmoothLensModel(settings.mass(), size, settings.pixelScaleArcsec(), 1);
        SmoothLensModel allRays =
                new SmoothLensModel(settings.mass(), size, settings.pixelScaleArcsec(), settings.supersampling());
        LevenbergMarquardt quick = new LevenbergMarquardt(oneRay, pixels, low, high);
        LevenbergMarquardt exact = new LevenbergMarquardt(allRays, pixels, low, high);
        LevenbergMarquardt.End best = null;
        for (LevenbergMarquardt.End candidate : candidates) {
            // Twice: the noise of a pixel follows from what the model expects there.
            double[] weights = weights(oneRay.image(candidate.parameters()), noise);
            LevenbergMarquardt.End near = quick.search(candidate.parameters(), weights, REFINED, ROUGH);
            LevenbergMarquardt.End end = exact.search(near.parameters(), weights(near.image(), noise), REFINED, FINE);
            best = best == null || end.chiSquared() < best.chiSquared() ? end : best;
            if (best.chiSquared() < POOR * pixels.length) {
                break;
            }
        }
        return result(best, pixels, size, noise);
    }

    /** The best ends of searches on a copy of the image with fewer pixels. */
    private List<LevenbergMarquardt.End> candidates(double[] pixels, int size, PixelNoise noise) {
        int factor = Math.max(1, size / COARSE_SIDE);
        int side = size / factor;
        double[] coarse = binned(pixels, size, factor);
        double scale = settings.pixelScaleArcsec() * factor;
        double[] weights = new double[coarse.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = factor / Math.sqrt(noise.variance(coarse[i]));
        }
        SmoothLensModel model = new SmoothLensModel(settings.mass(), side, scale, 1);
        LevenbergMarquardt search = new LevenbergMarquardt(model, coarse, low, high);
        Comparator<LevenbergMarquardt.End> better = Comparator.comparingDouble(LevenbergMarquardt.End::chiSquared);
        List<LevenbergMarquardt.End> looks = new ArrayList<>();
        for (double[] start : Starts.of(coarse, side, scale, settings.mass())) {
            looks.add(search.search(within(start), weights, FIRST_LOOK, ROUGH));
        }
        looks.sort(better);
        List<LevenbergMarquardt.End> longer = new ArrayList<>();
        for (LevenbergMarquardt.End look : looks.subList(0, Math.min(KEPT, looks.size()))) {
            longer.add(search.search(look.parameters(), weights, LONGER_LOOK, ROUGH));
        }
        longer.sort(better);
        List<LevenbergMarquardt.End> different = new ArrayList<>();
        for (LevenbergMarquardt.End end : longer) {
            boolean known = different.stream().anyMatch(other -> alike(end, other));
            if (!known && different.size() < CANDIDATES) {
                different.add(end);
            }
        }
        return different;
    }

    /** Whether two searches ended in one place: galaxy and source within less than a pixel of a usual image. */
    private static boolean alike(LevenbergMarquardt.End one, LevenbergMarquardt.End other) {
        for (LensParameter length : PLACE) {
            int at = length.place();
            if (Math.abs(one.parameters()[at] - other.parameters()[at]) > SAME_ARCSEC) {
                return false;
            }
        }
        return true;
    }

    private double[] within(double[] start) {
        double[] inside = start.clone();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Math.min(high[i], Math.max(low[i], inside[i]));
        }
        return inside;
    }

    private LensFit result(LevenbergMarquardt.End end, double[] pixels, int size, PixelNoise noise) {
        int count = end.parameters().length;
        double chiSquared = end.chiSquared() / (pixels.length - count);
        double sky = end.parameters()[LensParameter.SKY.place()];
        double[] residual = Residuals.of(pixels, end.image(), noise);
        List<Double> strength = Residuals.strength(residual, end.image(), sky, size);
        DMatrixRMaj covariance = new DMatrixRMaj(count, count);
        boolean solved = CommonOps_DDRM.invertSPD(end.information(), covariance);
        return new LensFit(
                settings,
                status(end, chiSquared, Collections.max(strength), size, solved),
                chiSquared,
                noise,
                Arrays.stream(end.parameters()).boxed().toList(),
                rows(covariance),
                strength,
                image(end.image(), size),
                image(residual, size));
    }

    private FitStatus status(LevenbergMarquardt.End end, double chiSquared, double strength, int size, boolean solved) {
        double[] image = end.image();
        double sky = end.parameters()[LensParameter.SKY.place()];
        double peak = 0;
        double edge = 0;
        for (int i = 0; i < image.length; i++) {
            double light = image[i] - sky;
            peak = Math.max(peak, light);
            if (i < size || i >= image.length - size || i % size == 0 || i % size == size - 1) {
                edge = Math.max(edge, light);
            }
        }
        if (!(peak > 0)) {
            return FitStatus.NO_LIGHT;
        }
        if (!end.converged() || !solved) {
            return FitStatus.NOT_CONVERGED;
        }
        for (int i = 0; i < low.length; i++) {
            if (end.parameters()[i] <= low[i] || end.parameters()[i] >= high[i]) {
                return FitStatus.AT_LIMIT;
            }
        }
        if (edge > AT_EDGE * peak) {
            return FitStatus.CUT_OFF;
        }
        return chiSquared > POOR || strength > STRONG ? FitStatus.POOR : FitStatus.OK;
    }

    private LensFit nothing(FloatImage square) {
        int pixels = square.pixels().length;
        FloatImage empty = new FloatImage(square.height(), square.width(), new float[pixels]);
        return new LensFit(
                settings,
                FitStatus.NO_LIGHT,
                Double.NaN,
                new PixelNoise(0, 0),
                List.of(),
                List.of(),
                List.of(),
                square,
                empty);
    }

    private static double[] weights(double[] expected, PixelNoise noise) {
        double[] weights = new double[expected.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 / Math.sqrt(noise.variance(expected[i]));
        }
        return weights;
    }

    /** Means over squares; pixels that fill no whole square are left out at both edges alike. */
    private static double[] binned(double[] pixels, int size, int factor) {
        int side = size / factor;
        int margin = (size - side * factor) / 2;
        double[] binned = new double[side * side];
        for (int row = 0; row < side * factor; row++) {
            for (int column = 0; column < side * factor; column++) {
                binned[row / factor * side + column / factor] +=
                        pixels[(row + margin) * size + column + margin] / (factor * factor);
            }
        }
        return binned;
    }

    private static double[] doubles(FloatImage image) {
        double[] values = new double[image.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.pixels()[i];
        }
        return values;
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
