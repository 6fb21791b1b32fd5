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

    /** Signature (8 bytes), then the IHDR chunk: length, name, width, height, depth, colour type. */
    private static final int HEADER_BYTES = 8 + 8 + 13;

    private static final int IHDR = 0x49484452;

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
        if (header.getInt(8) != 13 || header.getInt(12) != IHDR) {
            throw ImageFormatException.undecodable("The PNG file does not begin with an IHDR chunk.");
        }
        limits.checkSides(header.getInt(20) & 0xffffffffL, header.getInt(16) & 0xffffffffL);
        int depth = header.get(24);
        int colour = header.get(25);
        if (colour != 0 || (depth != 8 && depth != 16)) {
            throw ImageFormatException.wrongShape(
                    "The PNG image must be grey with 8 or 16 bit per pixel; got colour type " + colour + " with "
                            + depth + " bit.");
        }
    }

    private static Raster read(byte[] file) throws ImageFormatException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            // Without metadata: compressed text chunks could inflate without bound.
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
