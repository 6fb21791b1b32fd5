package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where on the whole a lens may be: searches from many starts on a copy of the image with fewer pixels. */
final class CoarseSearch {

    private static final int SIDE = 36;
    private static final int FIRST_LOOK = 3;
    private static final int LONGER_LOOK = 12;
    private static final int LOOKED_AT_LONGER = 6;
    private static final int CANDIDATES = 3;
    private static final double TOLERANCE = 1;

    /**
     * Deviation in parts of the peak that is added to the noise: one ray for so large a pixel tells no more, and a
     * search from afar loses its way among deviations of thousands of standard errors.
     */
    private static final double ROUGHNESS = 0.02;

    private static final List<LensParameter> PLACE = List.of(
            LensParameter.EINSTEIN_RADIUS_ARCSEC,
            LensParameter.LENS_X_ARCSEC,
            LensParameter.LENS_Y_ARCSEC,
            LensParameter.SOURCE_X_ARCSEC,
            LensParameter.SOURCE_Y_ARCSEC);

    /** Part of a coarse pixel by which two ends of searches differ at least. */
    private static final double SAME = 0.2;

    private final PixelGrid coarse;
    private final double pixelScale;
    private final MassModel mass;
    private final double[] weights;
    private final double[] low;
    private final double[] high;

    CoarseSearch(PixelGrid pixels, PixelNoise noise, FitSettings settings) {
        int factor = Math.max(1, pixels.size() / SIDE);
        coarse = pixels.binned(factor);
        pixelScale = settings.pixelScaleArcsec() * factor;
        mass = settings.mass();
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < coarse.values().length; i++) {
            if (coarse.has(i)) {
                highest = Math.max(highest, coarse.values()[i]);
                lowest = Math.min(lowest, coarse.values()[i]);
            }
        }
        weights = coarse.weights(coarse.values(), noise, ROUGHNESS * (highest - lowest));
        low = LensParameter.lows(mass, pixelScale);
        high = LensParameter.highs(mass);
    }

    /** The parameters of the best ends that differ from each other, the best first; none where there is no light. */
    List<double[]> candidates() {
        SmoothLensModel model = new SmoothLensModel(mass, coarse.size(), pixelScale, 1);
        LevenbergMarquardt search = new LevenbergMarquardt(model, coarse.values(), low, high);
        Comparator<LevenbergMarquardt.End> better = Comparator.comparingDouble(LevenbergMarquardt.End::chiSquared);
        List<LevenbergMarquardt.End> looks = new ArrayList<>();
        for (double[] start : Starts.of(coarse, pixelScale, mass)) {
            looks.add(search.search(within(start), weights, FIRST_LOOK, TOLERANCE));
        }
        looks.sort(better);
        List<LevenbergMarquardt.End> longer = new ArrayList<>();
        for (LevenbergMarquardt.End look : looks.subList(0, Math.min(LOOKED_AT_LONGER, looks.size()))) {
            longer.add(search.search(look.parameters(), weights, LONGER_LOOK, TOLERANCE));
        }
        longer.sort(better);
        List<LevenbergMarquardt.End> different = new ArrayList<>();
        for (LevenbergMarquardt.End end : longer) {
            boolean known = different.stream().anyMatch(other -> alike(end, other));
            if (!known && different.size() < CANDIDATES) {
                different.add(end);
            }
        }
        return different.stream().map(LevenbergMarquardt.End::parameters).toList();
    }

    private boolean alike(LevenbergMarquardt.End one, LevenbergMarquardt.End other) {
        return PLACE.stream().allMatch(at -> Math.abs(one.value(at) - other.value(at)) < SAME * pixelScale);
    }

    private double[] within(double[] start) {
        double[] inside = start.clone();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Math.min(high[i], Math.max(low[i], inside[i]));
        }
        return inside;
    }
}
