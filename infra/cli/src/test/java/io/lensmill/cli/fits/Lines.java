package io.lensmill.cli.fits;

import io.lensmill.cli.fits.FitLine.Estimate;
import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.PixelNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of fits as tests want them. */
final class Lines {

    private Lines() {}

    /** A fit that left so much at every blur. */
    static FitLine line(String image, FitStatus status, double strength) {
        return line(image, status, strength, 100);
    }

    /** A fit of an image whose light at the half-light radius is so many photons, on no sky. */
    static FitLine line(String image, FitStatus status, double strength, double photons) {
        return new FitLine(
                FitLine.VERSION,
                image,
                status,
                List.of(),
                "sis",
                0.05,
                150,
                1.0,
                new PixelNoise(0, 1),
                Map.of("amplitude", new Estimate(photons, 1), "sky", new Estimate(0, 1)),
                List.of(),
                List.of(strength, strength, strength, strength));
    }

    /** So many fits of a folder, whose strengths beyond noise go evenly from the factor to twice the factor. */
    static List<FitLine> lines(String folder, int count, double factor) {
        List<FitLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double beyond = factor * (1 + i / (count - 1.0));
            lines.add(line(folder + "/" + i + ".npy", FitStatus.POOR, Math.sqrt(1 + beyond * beyond)));
        }
        return lines;
    }
}
