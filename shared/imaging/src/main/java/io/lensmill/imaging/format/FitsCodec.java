package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.util.FitsInputStream;
import nom.tam.util.FitsOutputStream;

/**
 * FITS files (version 4.0 of the standard): the first two-dimensional image of the file, primary or IMAGE extension,
 * with BSCALE and BZERO applied. Row 0 is the first row of the file, which FITS viewers draw at the bottom.
 */
public final class FitsCodec {

    /** Extensions that are looked at for an image before giving up. */
    private static final int MAX_UNITS = 16;

    /** The library logs a stack trace for every damaged header; here the reason travels in the exception instead. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam.fits");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private FitsCodec() {}

    /**
     * Reads the first image: NAXIS 2, or more when the further axes have length 1. BLANK pixels become NaN.
     *
     * @return the image with the header values that {@link FitsKeywords} keeps
     * @throws ImageFormatException when there is none, or it is beyond the limits
     */
    static FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        try (FitsInputStream input = new FitsInputStream(new ByteArrayInputStream(file))) {
            return firstImage(input, file.length, limits);
        } catch (IOException | RuntimeException e) {
            // The library answers damaged headers with many kinds of exception, unchecked ones among them.
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "The FITS file is damaged or cut off.", e);
        }
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

    /** As {@link #read}, for a file within gzip; never inflates more than the file limit. */
    static FloatImage readGzip(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        byte[] inflated;
        try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(file))) {
            inflated = input.readNBytes((int) Math.min(limits.maxFileBytes() + 1, Integer.MAX_VALUE - 16));
        } catch (IOException e) {
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "The gzip file is damaged or cut off.", e);
        }
        if (FileFormat.of(inflated).orElse(null) != FileFormat.FITS) {
            throw ImageFormatException.undecodable("The gzip file holds no FITS image.");
        }
        return read(inflated, limits);
    }

    private static FloatImage firstImage(FitsInputStream input, long fileBytes, ImageLimits limits)
            throws ImageFormatException, IOException {
        Header primary = null;
        for (int unit = 0; unit < MAX_UNITS; unit++) {
            Header header = Header.readHeader(input);
            if (header == null) {
                break;
            }
            primary = primary == null ? header : primary;
            if (isImage(header)) {
                FloatImage image = pixels(input, header, limits);
                return new FloatImage(image.height(), image.width(), image.pixels(), FitsKeywords.of(primary, header));
            }
            long skip = header.getDataSize();
            if (skip < 0 || skip > fileBytes) {
                throw ImageFormatException.undecodable("A FITS header claims more data than the file has.");
            }
            input.skipAllBytes(skip);
        }
        throw ImageFormatException.wrongShape("The FITS file holds no two-dimensional image.");
    }

    private static boolean isImage(Header header) {
        boolean image = header.containsKey("SIMPLE")
                || header.getStringValue("XTENSION", "").strip().equals("IMAGE");
        return image && header.getIntValue("NAXIS", 0) > 0 && !header.getBooleanValue("GROUPS", false);
    }

    private static FloatImage pixels(FitsInputStream input, Header header, ImageLimits limits)
            throws ImageFormatException, IOException {
        int axes = header.getIntValue("NAXIS", 0);
        long width = header.getLongValue("NAXIS1", 0);
        long height = axes > 1 ? header.getLongValue("NAXIS2", 0) : 0;
        for (int axis = 3; axis <= axes; axis++) {
            if (axis > 9 || header.getLongValue("NAXIS" + axis, 0) != 1) {
                throw ImageFormatException.wrongShape(
                        "The FITS image has " + axes + " axes; axes beyond the second must have length 1.");
            }
        }
        limits.checkSides(height, width);
        Sample sample = Sample.of(header.getIntValue("BITPIX", 0));
        byte[] data = new byte[(int) Math.min(height * width * sample.bytes, Integer.MAX_VALUE - 16)];
        input.readFully(data);
        return scaled(ByteBuffer.wrap(data), sample, header, (int) height, (int) width);
    }

    private static FloatImage scaled(ByteBuffer data, Sample sample, Header header, int height, int width) {
        double scale = header.getDoubleValue("BSCALE", 1);
        double zero = header.getDoubleValue("BZERO", 0);
        boolean blanks = sample.integer && header.containsKey("BLANK");
        double blank = header.getLongValue("BLANK", 0);
        float[] pixels = new float[height * width];
        for (int i = 0; i < pixels.length; i++) {
            double value = sample.read(data, i);
            pixels[i] = blanks && value == blank ? Float.NaN : (float) (zero + scale * value);
        }
        return new FloatImage(height, width, pixels);
    }

    /** The number types of FITS: BITPIX 8, 16, 32, 64 are integers, -32 and -64 floating point; all big-endian. */
    private enum Sample {
        BYTE(1, true),
        SHORT(2, true),
        INT(4, true),
        LONG(8, true),
        FLOAT(4, false),
        DOUBLE(8, false);

        private final int bytes;
        private final boolean integer;

        Sample(int bytes, boolean integer) {
            this.bytes = bytes;
            this.integer = integer;
        }

        static Sample of(int bitpix) throws ImageFormatException {
            return switch (bitpix) {
                case 8 -> BYTE;
                case 16 -> SHORT;
                case 32 -> INT;
                case 64 -> LONG;
                case -32 -> FLOAT;
                case -64 -> DOUBLE;
                default ->
                    throw ImageFormatException.undecodable(
                            "BITPIX must be 8, 16, 32, 64, -32 or -64; got " + bitpix + ".");
            };
        }

        double read(ByteBuffer data, int index) {
            int offset = index * bytes;
            return switch (this) {
                case BYTE -> data.get(offset) & 0xff;
                case SHORT -> data.getShort(offset);
                case INT -> data.getInt(offset);
                case LONG -> data.getLong(offset);
                case FLOAT -> data.getFloat(offset);
                case DOUBLE -> data.getDouble(offset);
            };
        }
    }
}
