package io.lensmill.imaging.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;

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
    static SortedMap<String, String> of(Header primary, Header image) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Header header : List.of(primary, image)) {
            for (String keyword : KEPT) {
                String value = text(header, keyword);
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

    private static String text(Header header, String keyword) {
        HeaderCard card = header.findCard(keyword);
        String value = card == null || card.getValue() == null ? "" : card.getValue();
        return value.replaceAll("[^\\x20-\\x7e]", "?").strip();
    }

    /**
     * Side of a pixel of the same area in arcsec: sqrt |det CD|, or sqrt |CDELT1 CDELT2| (Calabretta and Greisen 2002).
     */
    private static double pixelScale(Header header) {
        boolean matrix = header.containsKey("CD1_1") && header.containsKey("CD2_2");
        double area = matrix
                ? number(header, "CD1_1") * number(header, "CD2_2") - number(header, "CD1_2") * number(header, "CD2_1")
                : number(header, "CDELT1") * number(header, "CDELT2");
        boolean arcsec = text(header, "CUNIT1").startsWith("arcsec");
        return Math.sqrt(Math.abs(area)) * (arcsec ? 1 : ARCSEC_PER_DEGREE);
    }

    /** Six digits, without zeros at the end: 0.05 and not 0.0500000. */
    private static String shortened(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static double number(Header header, String keyword) {
        return header.getDoubleValue(keyword, 0);
    }
}
