package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * PNG images. Read: 8 or 16 bit grey without transparency; the grey levels are the pixel values, 0 to 255 or 65,535.
 */
public final class PngCodec {

    private static final int SIGNATURE_BYTES = 8;

    /** Length, name and checksum of a chunk. */
    private static final int CHUNK_BYTES = 12;

    private static final int IHDR_BYTES = 13;

    /**
     * Signature, then the IHDR chunk without its checksum: length, name, width, height, depth, colour type,
     * methods.
     */
    private static final int HEADER_BYTES = SIGNATURE_BYTES + 8 + IHDR_BYTES;

    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int TRNS = 0x74524e53;

    /** Deflate makes at most 1,032 bytes of one. */
    private static final long DEFLATE_MOST = 1032;

    private PngCodec() {}

    /** Reads one image within {@link ImageLimits#DEFAULT}. */
    public static FloatImage decode(byte[] file) throws ImageFormatException {
        return decode(file, ImageLimits.DEFAULT);
    }

    /** @throws ImageFormatException when the file is no such image or beyond the limits */
    public static FloatImage decode(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        checkHeader(file, limits);
        Raster raster = read(file);
        float[] pixels = new float[raster.getWidth() * raster.getHeight()];
        raster.getSamples(raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), 0, pixels);
        return new FloatImage(raster.getHeight(), raster.getWidth(), pixels);
    }

    /** Writes 16 bit grey: the smallest value becomes black, the largest white; one value throughout becomes black. */
    public static byte[] encodeGrey16(FloatImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_USHORT_GRAY);
        float[] unit = image.minMax().pixels();
        for (int i = 0; i < unit.length; i++) {
            picture.getRaster().setSample(i % image.width(), i / image.width(), 0, Math.round(unit[i] * 65_535));
        }
        return write(picture);
    }

    /** Any picture as a PNG file. */
    public static byte[] write(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO.write would buffer in a temporary file.
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", output);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void checkHeader(byte[] file, ImageLimits limits) throws ImageFormatException {
        if (FileFormat.of(file).orElse(null) != FileFormat.PNG || file.length < HEADER_BYTES) {
            throw ImageFormatException.undecodable("The file is no PNG image, or is cut off in its header.");
        }
        ByteBuffer header = ByteBuffer.wrap(file);
        if (header.getInt(8) != IHDR_BYTES || header.getInt(12) != IHDR) {
            throw ImageFormatException.undecodable("The PNG file does not begin with an IHDR chunk.");
        }
        long height = header.getInt(20) & 0xffffffffL;
        long width = header.getInt(16) & 0xffffffffL;
        limits.checkSides(height, width);
        int depth = header.get(24);
        int colour = header.get(25);
        if (colour != 0 || (depth != 8 && depth != 16)) {
            throw ImageFormatException.wrongShape(
                    "The PNG image must be grey with 8 or 16 bit per pixel; got colour type " + colour + named(colour)
                            + " with " + depth + " bit.");
        }
        if (header.get(26) != 0 || header.get(27) != 0 || (header.get(28) != 0 && header.get(28) != 1)) {
            throw ImageFormatException.undecodable(
                    "The PNG file's compression, filter and interlace methods must be 0, 0, " + "and 0 or 1; got "
                            + header.get(26) + ", " + header.get(27) + " and " + header.get(28) + ".");
        }
        Expansion.checkPixels(height, width, file.length);
    }

    private static String named(int colour) {
        return switch (colour) {
            case 2 -> " (RGB)";
            case 3 -> " (palette)";
            case 4 -> " (grey with transparency)";
            case 6 -> " (RGB with transparency)";
            default -> "";
        };
    }

    /**
     * Only the file's header, pixels and end. Other chunks say nothing of the grey levels, and can be of any length.
     *
     * @throws ImageFormatException UNDECODABLE when a chunk is longer than what is left, or the pixels are fewer than
     *     deflate can make the image of; WRONG_SHAPE when there is transparency
     */
    private static byte[] pixelsAlone(byte[] file) throws ImageFormatException {
        ByteBuffer header = ByteBuffer.wrap(file);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, SIGNATURE_BYTES);
        long packed = 0;
        int at = SIGNATURE_BYTES;
        while (at <= file.length - CHUNK_BYTES) {
            long length = header.getInt(at) & 0xffffffffL;
            int type = header.getInt(at + 4);
            if (length > file.length - CHUNK_BYTES - at) {
                throw ImageFormatException.undecodable("The PNG file is damaged or cut off: its chunk at byte " + at
                        + " claims " + length + " bytes; " + (file.length - CHUNK_BYTES - at) + " are left.");
            }
            if (type == TRNS) {
                throw ImageFormatException.wrongShape("The PNG image has transparency (tRNS), which is not read.");
            }
            if (type == IHDR ? at == SIGNATURE_BYTES : type == IDAT || type == IEND) {
                kept.write(file, at, CHUNK_BYTES + (int) length);
                packed += type == IDAT ? length : 0;
            }
            at += CHUNK_BYTES + (int) length;
            if (type == IEND) {
                break;
            }
        }
        long bytes = (long) header.getInt(16) * header.getInt(20) * header.get(24) / 8;
        if (bytes > packed * DEFLATE_MOST) {
            throw ImageFormatException.undecodable("The PNG file is damaged or cut off: " + packed
                    + " bytes cannot hold its " + bytes + " bytes of pixels.");
        }
        return kept.toByteArray();
    }

    private static Raster read(byte[] file) throws ImageFormatException {
        byte[] pixels = pixelsAlone(file);
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(pixels))) {
            reader.setInput(input, true, true);
            return reader.read(0).getRaster();
        } catch (IOException | RuntimeException e) {
            // The reader answers some damaged files with unchecked exceptions.
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "The PNG file is damaged or cut off.", e);
        } finally {
            reader.dispose();
        }
    }
}
