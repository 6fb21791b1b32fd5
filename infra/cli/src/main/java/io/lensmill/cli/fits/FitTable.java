package io.lensmill.cli.fits;

import io.lensmill.imaging.fitting.LensParameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The most asked of each fit, on 80 columns. */
public final class FitTable {

    private static final int NAME = 22;

    private FitTable() {}

    /** A heading and a line for each fit. */
    public static List<String> of(List<FitLine> fits) {
        List<String> table = new ArrayList<>();
        if (!fits.isEmpty()) {
            table.add(String.format(
                    Locale.ROOT,
                    "%-" + NAME + "s %-13s %6s %6s %7s %7s %7s %5s",
                    "IMAGE",
                    "STATUS",
                    "CHI2",
                    "LEFT",
                    "RADIUS",
                    "SHEAR1",
                    "SHEAR2",
                    "INDEX"));
        }
        for (FitLine fit : fits) {
            table.add(line(fit));
        }
        return table;
    }

    private static String line(FitLine fit) {
        String start = String.format(Locale.ROOT, "%-" + NAME + "s %-13s", shortened(fit.image()), fit.status());
        if (fit.parameters().isEmpty()) {
            return start;
        }
        return String.format(
                Locale.ROOT,
                "%s %6.3f %6.2f %6.3f\" %7.4f %7.4f %5.2f",
                start,
                fit.chiSquaredPerPixel(),
                Collections.max(fit.residualStrength()),
                value(fit, LensParameter.EINSTEIN_RADIUS_ARCSEC),
                value(fit, LensParameter.SHEAR_1),
                value(fit, LensParameter.SHEAR_2),
                value(fit, LensParameter.SERSIC_INDEX));
    }

    private static double value(FitLine fit, LensParameter parameter) {
        return fit.parameters().get(parameter.id()).value();
    }

    /** The end of a path tells most. */
    private static String shortened(String name) {
        return name.length() <= NAME ? name : "…" + name.substring(name.length() - NAME + 1);
    }
}
