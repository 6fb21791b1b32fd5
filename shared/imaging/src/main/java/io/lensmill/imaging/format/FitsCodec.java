package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.util.FitsOutputStream;

/**
 * FITS files (version 4.0 of the standard): the first image of the file, primary, IMAGE extension or tile-compressed,
 * with BSCALE and BZERO applied. It must be two-dimensional; no image is passed over for one behind it that can be
 * read. Row 0 is the first row of the file, which FITS viewers draw at the bottom.
 */
public final class FitsCodec {

    /** Header and data units that are looked at for an image before giving up. */
    private static final int MAX_UNITS = 64;

    private static final int MAX_NAME = 40;

    private FitsCodec() {}

    /**
     * Reads the first image: NAXIS 2, or more when the further axes have length 1. BLANK pixels become NaN.
     *
     * @return the image with the header values that {@link FitsKeywords} keeps
     * @throws ImageFormatException when there is none, it cannot be read, or it is beyond the limits; the message names
     *     the unit
     */
    static FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        return read(file, limits, file.length);
    }

    /** @param sentBytes size of the file before it was inflated */
    private static FloatImage read(byte[] file, ImageLimits limits, int sentBytes) throws ImageFormatException {
        FitsHeader primary = null;
        int at = 0;
        for (int number = 0; number == 0 || isExtension(file, at); number++) {
            if (number == MAX_UNITS) {
                throw ImageFormatException.tooLarge("The FITS file has no image in its first " + MAX_UNITS
                        + " units, which are all that are read.");
            }
            FitsHeader header = new FitsHeader(file, at);
            primary = primary == null ? header : primary;
            Unit unit = new Unit(number, header, file);
            try {
                header.requireOneMeaning();
                if (unit.isImage()) {
                    FloatImage image = unit.read(limits, sentBytes);
                    return new FloatImage(
                            image.height(), image.width(), image.pixels(), FitsKeywords.of(primary, header));
                }
                at = unit.end();
            } catch (ImageFormatException e) {
                throw new ImageFormatException(
                        e.reason(), "The FITS image in " + unit.name() + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw ImageFormatException.wrongShape(
                "The FITS file holds no two-dimensional image: neither in the primary unit nor in an extension.");
    }

    /** Writes one image as float32 (BITPIX -32), row 0 first. */
    public static byte[] encode(FloatImage image) {
        float[][] rows = new float[image.height()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(image.pixels(), row * image.width(), (row + 1) * image.width());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Fits fits = new Fits();
                FitsOutputStream out = new FitsOutputStream(file)) {
            fits.addHDU(Fits.makeHDU(rows));
            fits.write(out);
        } catch (FitsException | IOException e) {
            throw new IllegalStateException("An image in memory can always be written", e);
        }
        return file.toByteArray();
    }

    /** As {@link #read}, for a file within gzip; never inflates more than {@link Expansion} and the limits allow. */
    static FloatImage readGzip(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        long most = Expansion.mostBytes(file.length, limits);
        byte[] inflated;
        try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(file), 8192)) {
            inflated = input.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 16));
        } catch (IOException e) {
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "The gzip file is damaged or cut off.", e);
        }
        if (inflated.length > most) {
            throw ImageFormatException.tooLarge("The gzip file inflates to more than " + most
                    + " bytes, the most that is accepted of " + file.length + ".");
        }
        if (FileFormat.of(inflated).orElse(null) != FileFormat.FITS) {
            throw ImageFormatException.undecodable("The gzip file holds no FITS image.");
        }
        return read(inflated, limits, file.length);
    }

    /** Whatever stands behind the last extension is no part of the file's content. */
    private static boolean isExtension(byte[] file, int at) {
        byte[] beginning = {'X', 'T', 'E', 'N', 'S', 'I', 'O', 'N'};
        return at + beginning.length <= file.length
                && Arrays.equals(file, at, at + beginning.length, beginning, 0, beginning.length);
    }

    /** One header with the data behind it. */
    private record Unit(int number, FitsHeader header, byte[] file) {

        boolean isImage() throws ImageFormatException {
            if (isCompressed()) {
                return true;
            }
            String kind = kind();
            boolean image = number == 0 || kind.equals("IMAGE") || kind.equals("IUEIMAGE");
            return image && FitsImage.dataBytes(header) > 0;
        }

        /** Whatever says so: taken for a table, an image would be passed over. */
        private boolean isCompressed() {
            return kind().equals("BINTABLE")
                    && !header.isTrue("ZTABLE")
                    && (header.has("ZIMAGE") || header.has("ZBITPIX") || header.has("ZCMPTYPE"));
        }

        FloatImage read(ImageLimits limits, int sentBytes) throws ImageFormatException {
            try {
                return isCompressed()
                        ? FitsTiles.read(file, header, limits, sentBytes)
                        : FitsImage.read(file, header, limits, sentBytes);
            } catch (RuntimeException e) {
                // The library's decoders answer damaged tiles with many kinds of unchecked exception.
                throw new ImageFormatException(ImageFormatException.Reason.UNDECODABLE, "it is damaged or cut off.", e);
            }
        }

        /** Where the next unit begins. */
        int end() throws ImageFormatException {
            long bytes = FitsImage.dataBytes(header);
            long present = file.length - (long) header.dataOffset();
            if (bytes > present) {
                throw ImageFormatException.undecodable("its header claims " + bytes + " bytes of data; " + present
                        + " bytes follow, and what stands behind them cannot be found.");
            }
            return (int) Math.min(header.dataOffset() + FitsHeader.blocks(bytes), file.length);
        }

        private String kind() {
            return header.text("XTENSION").toUpperCase(Locale.ROOT);
        }

        String name() {
            String name = header.text("EXTNAME");
            String shown = name.substring(0, Math.min(MAX_NAME, name.length()));
            return (number == 0 ? "the primary unit" : "extension " + number)
                    + (shown.isEmpty() ? "" : " '" + shown + "'")
                    + (isCompressed() ? " (tile-compressed)" : "");
        }
    }
}
