package io.lensmill.imaging.fitting;

import static io.lensmill.imaging.fitting.LensParameter.AMPLITUDE;
import static io.lensmill.imaging.fitting.LensParameter.EINSTEIN_RADIUS_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.LENS_ELLIPTICITY_1;
import static io.lensmill.imaging.fitting.LensParameter.LENS_ELLIPTICITY_2;
import static io.lensmill.imaging.fitting.LensParameter.LENS_X_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.LENS_Y_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.PSF_SIGMA_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.SERSIC_INDEX;
import static io.lensmill.imaging.fitting.LensParameter.SHEAR_1;
import static io.lensmill.imaging.fitting.LensParameter.SHEAR_2;
import static io.lensmill.imaging.fitting.LensParameter.SKY;
import static io.lensmill.imaging.fitting.LensParameter.SOURCE_ELLIPTICITY_1;
import static io.lensmill.imaging.fitting.LensParameter.SOURCE_ELLIPTICITY_2;
import static io.lensmill.imaging.fitting.LensParameter.SOURCE_RADIUS_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.SOURCE_X_ARCSEC;
import static io.lensmill.imaging.fitting.LensParameter.SOURCE_Y_ARCSEC;

import java.util.Arrays;

/**
 * The image that a smooth lens makes, and its derivatives by every parameter: rays shot back to a Sérsic source (Sérsic
 * 1963, b = 1.9992 n - 0.3271 by Capaccioli 1989), their mean over each pixel, blurred, plus sky.
 */
final class SmoothLensModel {

    /** The simulator's smoothing of the cusp, in arcsec. */
    private static final double CORE = 1e-5;

    private final MassModel mass;
    private final int size;
    private final double pixelScale;
    private final int supersampling;
    private final double[] positions;

    /**
     * @param size side of the image in pixels
     * @param pixelScale side of a pixel in arcsec
     * @param supersampling rays per pixel and direction
     */
    SmoothLensModel(MassModel mass, int size, double pixelScale, int supersampling) {
        this.mass = mass;
        this.size = size;
        this.pixelScale = pixelScale;
        this.supersampling = supersampling;
        int rays = size * supersampling;
        positions = new double[rays];
        for (int i = 0; i < rays; i++) {
            positions[i] = (i - (rays - 1) / 2.0) * pixelScale / supersampling;
        }
    }

    /** Number of parameters. */
    int parameters() {
        return LensParameter.of(mass).size();
    }

    /** The image of these parameters, [size, size] row by row. */
    double[] image(double[] parameters) {
        double[] image = new double[size * size];
        trace(parameters, image, null);
        new GaussianBlur(size, value(parameters, PSF_SIGMA_ARCSEC) / pixelScale).blur(image);
        for (int i = 0; i < image.length; i++) {
            image[i] += value(parameters, SKY);
        }
        return image;
    }

    /**
     * The image and its derivatives.
     *
     * @param derivatives filled: [parameter][pixel]
     */
    double[] imageAndDerivatives(double[] parameters, double[][] derivatives) {
        double[] image = new double[size * size];
        for (double[] derivative : derivatives) {
            Arrays.fill(derivative, 0);
        }
        trace(parameters, image, derivatives);
        GaussianBlur blur = new GaussianBlur(size, value(parameters, PSF_SIGMA_ARCSEC) / pixelScale);
        double[] bySigma = blur.derivative(image);
        for (int p = 0; p < derivatives.length; p++) {
            if (p == PSF_SIGMA_ARCSEC.place()) {
                for (int i = 0; i < bySigma.length; i++) {
                    derivatives[p][i] = bySigma[i] / pixelScale;
                }
            } else if (p == SKY.place()) {
                Arrays.fill(derivatives[p], 1);
            } else {
                blur.blur(derivatives[p]);
            }
        }
        blur.blur(image);
        for (int i = 0; i < image.length; i++) {
            image[i] += value(parameters, SKY);
        }
        return image;
    }

    private static double value(double[] parameters, LensParameter parameter) {
        return parameter.place() < parameters.length ? parameters[parameter.place()] : 0;
    }

    private void trace(double[] p, double[] image, double[][] derivatives) {
        double lensX = value(p, LENS_X_ARCSEC);
        double lensY = value(p, LENS_Y_ARCSEC);
        double gamma1 = value(p, SHEAR_1);
        double gamma2 = value(p, SHEAR_2);
        double e1 = value(p, SOURCE_ELLIPTICITY_1);
        double e2 = value(p, SOURCE_ELLIPTICITY_2);
        double radius = value(p, SOURCE_RADIUS_ARCSEC);
        double index = value(p, SERSIC_INDEX);
        double amplitude = value(p, AMPLITUDE);
        double left = 1 - e1 * e1 - e2 * e2;
        double norm = 1 / Math.sqrt(Math.max(1e-9, left));
        double b = Math.max(1e-5, 1.9992 * index - 0.3271);
        double share = 1.0 / (supersampling * supersampling);
        IsothermalDeflection galaxy = new IsothermalDeflection(
                mass, value(p, EINSTEIN_RADIUS_ARCSEC), value(p, LENS_ELLIPTICITY_1), value(p, LENS_ELLIPTICITY_2));
        double sourceX = value(p, SOURCE_X_ARCSEC);
        double sourceY = value(p, SOURCE_Y_ARCSEC);
        double[] byParameter = new double[p.length];
        for (int row = 0; row < positions.length; row++) {
            double y = positions[row];
            int target = row / supersampling * size;
            for (int column = 0; column < positions.length; column++) {
                double x = positions[column];
                galaxy.at(x - lensX, y - lensY);
                double dx = x - galaxy.alphaX - gamma1 * x - gamma2 * y - sourceX;
                double dy = y - galaxy.alphaY - gamma2 * x + gamma1 * y - sourceY;
                double along = ((1 - e1) * dx - e2 * dy) * norm;
                double across = ((1 + e1) * dy - e2 * dx) * norm;
                double distance = Math.max(CORE, Math.sqrt(along * along + across * across));
                double logRatio = Math.log(distance / radius);
                double power = Math.exp(logRatio / index);
                double unit = Math.exp(-b * (power - 1)) * share;
                double brightness = amplitude * unit;
                int pixel = target + column / supersampling;
                image[pixel] += brightness;
                if (derivatives == null) {
                    continue;
                }
                double byDistance = -brightness * b * power / index / distance;
                double byAlong = byDistance * along / distance;
                double byAcross = byDistance * across / distance;
                double byX = (byAlong * (1 - e1) - byAcross * e2) * norm;
                double byY = (byAcross * (1 + e1) - byAlong * e2) * norm;
                byParameter[EINSTEIN_RADIUS_ARCSEC.place()] = -byX * galaxy.thetaX - byY * galaxy.thetaY;
                byParameter[LENS_X_ARCSEC.place()] = byX * galaxy.xx + byY * galaxy.xy;
                byParameter[LENS_Y_ARCSEC.place()] = byX * galaxy.xy + byY * galaxy.yy;
                byParameter[SHEAR_1.place()] = byY * y - byX * x;
                byParameter[SHEAR_2.place()] = -byX * y - byY * x;
                byParameter[SOURCE_X_ARCSEC.place()] = -byX;
                byParameter[SOURCE_Y_ARCSEC.place()] = -byY;
                byParameter[SOURCE_ELLIPTICITY_1.place()] =
                        byAlong * (along * e1 / left - dx * norm) + byAcross * (across * e1 / left + dy * norm);
                byParameter[SOURCE_ELLIPTICITY_2.place()] =
                        byAlong * (along * e2 / left - dy * norm) + byAcross * (across * e2 / left - dx * norm);
                byParameter[SOURCE_RADIUS_ARCSEC.place()] = brightness * b * power / index / radius;
                byParameter[SERSIC_INDEX.place()] =
                        brightness * (b * power * logRatio / (index * index) - 1.9992 * (power - 1));
                byParameter[AMPLITUDE.place()] = unit;
                if (mass == MassModel.SIE) {
                    byParameter[LENS_ELLIPTICITY_1.place()] =
                            -byX * galaxy.ellipticityX[0] - byY * galaxy.ellipticityY[0];
                    byParameter[LENS_ELLIPTICITY_2.place()] =
                            -byX * galaxy.ellipticityX[1] - byY * galaxy.ellipticityY[1];
                }
                for (int i = 0; i < byParameter.length; i++) {
                    derivatives[i][pixel] += byParameter[i];
                }
            }
        }
    }
}
