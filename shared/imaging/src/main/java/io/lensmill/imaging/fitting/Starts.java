package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places from which a search begins: read from the light's extent and centroid, on both sides of what they leave open.
 */
final class Starts {

    private static final double[] RADII = {0.85, 1.1};
    private static final double[][] SHEARS = {{0.1, 0}, {-0.1, 0}, {0, 0.1}, {0, -0.1}};

    /** In parts of the light's centroid: a source lies on the side of its brighter image, and less far. */
    private static final double[] OFFSETS = {0.6, 0.1, -0.6};

    private Starts() {}

    /**
     * @param pixelScale side of a pixel in arcsec
     * @return parameters of {@link LensParameter#of}; empty when there is no light above the border's
     */
    static List<double[]> of(PixelGrid pixels, double pixelScale, MassModel mass) {
        int size = pixels.size();
        double sky = median(border(pixels));
        double light = 0;
        double x = 0;
        double y = 0;
        double radius = 0;
        double peak = 0;
        for (int i = 0; i < pixels.values().length; i++) {
            double here = pixels.has(i) ? Math.max(0, pixels.values()[i] - sky) : 0;
            double dx = (i % size - (size - 1) / 2.0) * pixelScale;
            int row = i / size;
            double dy = (row - (size - 1) / 2.0) * pixelScale;
            // Squared: the faint sky of many pixels does not count.
            double weight = here * here;
            light += weight;
            x += weight * dx;
            y += weight * dy;
            radius += weight * Math.hypot(dx, dy);
            peak = Math.max(peak, here);
        }
        List<double[]> starts = new ArrayList<>();
        if (!(light > 0)) {
            return starts;
        }
        for (double share : RADII) {
            for (double[] shear : SHEARS) {
                for (double offset : OFFSETS) {
                    double[] start = new double[LensParameter.of(mass).size()];
                    start[LensParameter.EINSTEIN_RADIUS_ARCSEC.place()] = share * radius / light;
                    start[LensParameter.SHEAR_1.place()] = shear[0];
                    start[LensParameter.SHEAR_2.place()] = shear[1];
                    start[LensParameter.SOURCE_X_ARCSEC.place()] = offset * x / light;
                    start[LensParameter.SOURCE_Y_ARCSEC.place()] = offset * y / light;
                    start[LensParameter.SOURCE_RADIUS_ARCSEC.place()] = Math.max(0.02, 0.35 * radius / light);
                    start[LensParameter.SERSIC_INDEX.place()] = 1.3;
                    start[LensParameter.AMPLITUDE.place()] = peak / 5;
                    start[LensParameter.SKY.place()] = sky;
                    start[LensParameter.PSF_SIGMA_ARCSEC.place()] = 1.5 * pixelScale;
                    if (mass == MassModel.SIE) {
                        start[LensParameter.LENS_ELLIPTICITY_1.place()] = shear[0] / 2;
                        start[LensParameter.LENS_ELLIPTICITY_2.place()] = shear[1] / 2;
                    }
                    starts.add(start);
                }
            }
        }
        return starts;
    }

    private static double[] border(PixelGrid pixels) {
        int size = pixels.size();
        int width = Math.max(1, size / 15);
        double[] border = new double[size * size];
        int count = 0;
        for (int i = 0; i < border.length; i++) {
            int nearest = Math.min(Math.min(i % size, size - 1 - i % size), Math.min(i / size, size - 1 - i / size));
            if (nearest < width && pixels.has(i)) {
                border[count++] = pixels.values()[i];
            }
        }
        return Arrays.copyOf(border, count);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
