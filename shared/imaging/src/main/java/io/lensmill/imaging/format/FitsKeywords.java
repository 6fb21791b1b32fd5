package io.lensmill.imaging.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The header values of a FITS image that are worth keeping beside its pixels. */
final class FitsKeywords {

    /** Name under which the side of a pixel in arcsec is kept. */
    static final String PIXEL_SCALE = "PIXSCALE";

    private static final List<String> KEPT = List.of(
            "OBJECT",
            "TELESCOP",
            "INSTRUME",
            "DETECTOR",
            "FILTER",
            "FILTER1",
            "FILTER2",
            "EXPTIME",
            "BUNIT",
            "DATE-OBS",
            "MJD-OBS",
            "RA",
            "DEC",
            "CRVAL1",
            "CRVAL2",
            "GAIN",
            "MAGZERO",
            "PHOTZPT",
            "PHOTFLAM",
            PIXEL_SCALE);

    private static final double ARCSEC_PER_DEGREE = 3600;

    private FitsKeywords() {}

    /**
     * Values by keyword. An image extension inherits those of the primary header, as survey files expect. The pixel
     * scale comes from the CD matrix, else from CDELT, else from a PIXSCALE of the file's own.
     */
    static SortedMap<String, String> of(FitsHeader primary, FitsHeader image) {
        SortedMap<String, String> values = new TreeMap<>();
        for (FitsHeader header : List.of(primary, image)) {
            for (String keyword : KEPT) {
                String value = header.text(keyword);
                if (!value.isEmpty()) {
                    values.put(keyword, value);
                }
            }
        }
        double scale = pixelScale(image);
        if (scale > 0 && Double.isFinite(scale)) {
            values.put(PIXEL_SCALE, shortened(scale));
        }
        return values;
    }

    /**
     * Side of a pixel of the same area in arcsec: sqrt |det CD|, or sqrt |CDELT1 CDELT2| (Calabretta and Greisen 2002).
     */
    private static double pixelScale(FitsHeader header) {
        boolean matrix = header.has("CD1_1") && header.has("CD2_2");
        double area = matrix
                ? number(header, "CD1_1") * number(header, "CD2_2") - number(header, "CD1_2") * number(header, "CD2_1")
                : number(header, "CDELT1") * number(header, "CDELT2");
        boolean arcsec = header.text("CUNIT1").startsWith("arcsec");
        return Math.sqrt(Math.abs(area)) * (arcsec ? 1 : ARCSEC_PER_DEGREE);
    }

    /** Six digits, without zeros at the end: 0.05 and not 0.0500000. */
    private static String shortened(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static double number(FitsHeader header, String keyword) {
        return header.numberOr(keyword, 0);
    }
}
