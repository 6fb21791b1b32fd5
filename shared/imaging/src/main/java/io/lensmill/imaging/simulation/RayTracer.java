package io.lensmill.imaging.simulation;

import java.util.Arrays;
import java.util.List;

/**
 * Shoots rays back from the pixels of a square image through a lens to the source. The image's centre is the origin;
 * pixel [row, column] lies at x = (column - (size - 1) / 2) · pixel, y likewise by the row.
 */
final class RayTracer {

    private final int size;
    private final double pixel;
    private final int supersampling;

    /**
     * @param size side in pixels
     * @param pixel side of a pixel in arcsec
     * @param supersampling rays per pixel and direction; their mean is the pixel's brightness
     */
    RayTracer(int size, double pixel, int supersampling) {
        this.size = size;
        this.pixel = pixel;
        this.supersampling = supersampling;
    }

    /** Flux of every pixel before blurring: surface brightness times the pixel's area, [size, size] row by row. */
    double[] image(List<Deflector> lens, SersicSource source) {
        int rays = size * supersampling;
        double[] x = positions(rays);
        double[] alphaX = new double[rays];
        double[] alphaY = new double[rays];
        double[] brightness = new double[rays];
        double[] image = new double[size * size];
        double rayArea = pixel * pixel / (supersampling * supersampling);
        for (int row = 0; row < rays; row++) {
            deflect(lens, x, x[row], alphaX, alphaY);
            for (int i = 0; i < rays; i++) {
                alphaX[i] = x[i] - alphaX[i];
                alphaY[i] = x[row] - alphaY[i];
            }
            source.brightness(alphaX, alphaY, brightness);
            int target = row / supersampling * size;
            for (int i = 0; i < rays; i++) {
                image[target + i / supersampling] += brightness[i] * rayArea;
            }
        }
        return image;
    }

    private static void deflect(List<Deflector> lens, double[] x, double y, double[] alphaX, double[] alphaY) {
        Arrays.fill(alphaX, 0);
        Arrays.fill(alphaY, 0);
        for (Deflector mass : lens) {
            mass.addDeflection(x, y, alphaX, alphaY);
        }
    }

    private double[] positions(int rays) {
        double spacing = pixel * size / rays;
        double[] positions = new double[rays];
        for (int i = 0; i < rays; i++) {
            positions[i] = (i - (rays - 1) / 2.0) * spacing;
        }
        return positions;
    }
}
