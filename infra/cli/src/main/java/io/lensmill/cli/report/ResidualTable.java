package io.lensmill.cli.report;

import io.lensmill.cli.fits.BlurComparison;
import io.lensmill.cli.fits.BlurComparison.Quantiles;
import io.lensmill.cli.fits.ClassResiduals;
import io.lensmill.cli.fits.ResidualComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What smooth lenses leave of images and of simulated ones, on 80 columns. */
public final class ResidualTable {

    private static final String LINE = "  %-5s %6s %6s %6s %6s   %6s %6s %6s %6s  %5s %6s";

    private ResidualTable() {}

    /** A table and a verdict for each class, then what all of them share. */
    public static List<String> of(ResidualComparison comparison) {
        List<String> lines = new ArrayList<>();
        for (ClassResiduals residuals : comparison.classes()) {
            addClass(lines, residuals);
        }
        if (comparison.smoothFrom() != null) {
            lines.add(Paragraph.indented(
                    "MEDIAN, 16 % and 84 % are residualStrength, 1 for noise. BEYOND: share above the 95th percentile"
                            + " of smooth lenses (no) among the " + comparison.smoothFrom() + ".",
                    0));
        }
        comparison.remarks().forEach(remark -> lines.add(Paragraph.indented(remark, 0)));
        return lines;
    }

    private static void addClass(List<String> lines, ClassResiduals residuals) {
        lines.add("%s: %d images%s, %d simulated%s"
                .formatted(
                        residuals.name(),
                        residuals.images(),
                        leftOut(residuals.imagesLeftOut()),
                        residuals.simulated(),
                        leftOut(residuals.simulatedLeftOut())));
        if (!residuals.blurs().isEmpty()) {
            lines.add(line("", "IMAGES", "", "", "", "SIMUL.", "", "", "", "", ""));
            lines.add(line("BLUR", "MEDIAN", "16 %", "84 %", "BEYOND", "MEDIAN", "16 %", "84 %", "BEYOND", "KS", "P"));
            residuals.blurs().forEach(blur -> lines.add(line(blur)));
        }
        lines.add(Paragraph.indented(residuals.verdict(), 2));
        lines.add("");
    }

    private static String leftOut(int count) {
        return count == 0 ? "" : " (" + count + " left out: no lens found)";
    }

    private static String line(BlurComparison blur) {
        Quantiles images = blur.images();
        Quantiles simulated = blur.simulated();
        return line(
                blur.blurPixels() + " px",
                number(images.median()),
                number(images.p16()),
                number(images.p84()),
                share(images.beyondSmooth()),
                number(simulated.median()),
                number(simulated.p16()),
                number(simulated.p84()),
                share(simulated.beyondSmooth()),
                number(blur.distance()),
                blur.pValue() < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", blur.pValue()));
    }

    private static String line(Object... cells) {
        return LINE.formatted(cells).stripTrailing();
    }

    /** So that six columns hold every strength that a 32-bit image can have at a usual noise. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%.0e", value);
    }

    private static String share(Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
