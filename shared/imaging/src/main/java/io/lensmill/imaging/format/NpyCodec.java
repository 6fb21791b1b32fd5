package io.lensmill.imaging.format;

import io.lensmill.imaging.Finite;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy} files. Read: versions 1 to 3, float16 to float64, bool and integers of either byte order, C and
 * Fortran order; never Python objects; images, batches of them, and arrays of numbers ({@link NpyArray}). Written:
 * version 1,
 * little-endian float32, C order.
 */
public final class NpyCodec {

    /** Largest batch that is read: more elements than fit one Java array are refused before memory is reserved. */
    private static final long MAX_BATCH_ELEMENTS = 1L << 29;

    private NpyCodec() {}

    /** Reads one image of shape [h,w], [1,h,w] or [h,w,1] within {@link ImageLimits#DEFAULT}. */
    public static FloatImage decode(byte[] file) throws ImageFormatException {
        return decode(file, ImageLimits.DEFAULT);
    }

    /**
     * Reads one image of shape [h,w], [1,h,w] or [h,w,1].
     *
     * @throws ImageFormatException when the file is no such image or beyond the limits
     */
    public static FloatImage decode(byte[] file, ImageLimits limits) throws ImageFormatException {
        return Finite.require(read(file, limits));
    }

    /** As {@link #decode(byte[], ImageLimits)}, whatever the numbers are. */
    static FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        NpyHeader header = NpyHeader.parse(file);
        // Before the shape: an array of objects has the shape of a list, and another is not what it needs.
        NpyType.of(header.descriptor());
        List<Long> sides = sides(header.shape());
        limits.checkSides(sides.get(0), sides.get(1));
        int height = sides.get(0).intValue();
        int width = sides.get(1).intValue();
        Elements elements = Elements.of(file, header);
        // Dimensions of one element change no order: [1,h,w] and [h,w,1] lie in the file as [h,w] does.
        float[] pixels = header.fortranOrder()
                ? elements.read(height * width, i -> i % width * height + i / width)
                : elements.read(0, height * width);
        return new FloatImage(height, width, pixels);
    }

    /**
     * Reads a batch of shape [n,h,w] (C order), as {@link #encodeBatch} writes it; [n,1,h,w] and [n,h,w,1] also.
     *
     * @throws ImageFormatException when the file is no such batch
     */
    public static List<FloatImage> decodeBatch(byte[] file) throws ImageFormatException {
        NpyHeader header = NpyHeader.parse(file);
        NpyType.of(header.descriptor());
        List<Long> shape = header.shape();
        if (shape.size() < 3 || shape.size() > 4 || header.fortranOrder()) {
            throw ImageFormatException.wrongShape(
                    "A batch must have the shape [n,h,w] in C order; got " + shape + described(header) + ".");
        }
        List<Long> sides = sides(shape.subList(1, shape.size()));
        ImageLimits.DEFAULT.checkSides(sides.get(0), sides.get(1));
        int height = sides.get(0).intValue();
        int width = sides.get(1).intValue();
        if (shape.get(0) > MAX_BATCH_ELEMENTS / ((long) height * width)) {
            throw ImageFormatException.tooLarge("The batch has more than " + MAX_BATCH_ELEMENTS + " elements.");
        }
        Elements elements = Elements.of(file, header);
        List<FloatImage> images = new ArrayList<>();
        for (int image = 0; image < shape.get(0); image++) {
            float[] pixels = elements.read(image * height * width, height * width);
            images.add(Finite.require(new FloatImage(height, width, pixels)));
        }
        return images;
    }

    /**
     * Reads an array of numbers of up to eight dimensions, in either order.
     *
     * @throws ImageFormatException when the file is no such array, or has more than 2^29 elements
     */
    public static NpyArray decodeNumbers(byte[] file) throws ImageFormatException {
        NpyHeader header = NpyHeader.parse(file);
        NpyType.of(header.descriptor());
        long count = 1;
        for (long side : header.shape()) {
            // Both factors are below 2^34, so that nothing can overflow before it is refused.
            count *= side;
            if (Math.max(count, side) > MAX_BATCH_ELEMENTS) {
                throw ImageFormatException.tooLarge("The array has more than " + MAX_BATCH_ELEMENTS + " elements.");
            }
        }
        Elements elements = Elements.of(file, header);
        List<Integer> shape = header.shape().stream().map(Long::intValue).toList();
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.numberAt(header.fortranOrder() ? placeInFortranOrder(i, shape) : i);
        }
        return new NpyArray(shape, elements.type().isWhole(), values);
    }

    /** Where the element of this place in C order lies in Fortran order. */
    private static int placeInFortranOrder(int place, List<Integer> shape) {
        int rest = place;
        int stride = 1;
        for (int side : shape) {
            stride *= side;
        }
        int found = 0;
        for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
            stride /= shape.get(dimension);
            found += rest % shape.get(dimension) * stride;
            rest /= shape.get(dimension);
        }
        return found;
    }

    /** Writes one image as float32 [h,w]. */
    public static byte[] encode(FloatImage image) {
        return encode(header(image.height(), image.width()), List.of(image));
    }

    /**
     * Writes images as one float32 array [n,h,w].
     *
     * @throws IllegalArgumentException when there is none, or their sizes differ
     */
    public static byte[] encodeBatch(List<FloatImage> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one image");
        }
        FloatImage first = images.get(0);
        for (FloatImage image : images) {
            if (image.height() != first.height() || image.width() != first.width()) {
                throw new IllegalArgumentException("The images of a batch must be of one size; got " + first.height()
                        + " x " + first.width() + " and " + image.height() + " x " + image.width());
            }
        }
        return encode(header(images.size(), first.height(), first.width()), images);
    }

    /** Prefix and header of a little-endian float32 array in C order; the elements follow. */
    public static byte[] header(int... shape) {
        String sides = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sides + "), }";
        // Prefix and header fill a multiple of 64 bytes, as NumPy writes them, so that the elements can be mapped.
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) (length - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < length - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    private static byte[] encode(byte[] header, List<FloatImage> images) {
        long pixels = (long) images.size() * images.get(0).pixels().length;
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(header.length + 4 * pixels));
        file.order(ByteOrder.LITTLE_ENDIAN).put(header);
        for (FloatImage image : images) {
            file.asFloatBuffer().put(image.pixels());
            file.position(file.position() + 4 * image.pixels().length);
        }
        return file.array();
    }

    /** Height and width of an array of one image, which may have one more dimension of length 1. */
    static List<Long> sides(List<Long> shape) throws ImageFormatException {
        if (shape.size() == 2) {
            return shape;
        }
        if (shape.size() == 3 && shape.get(0) == 1) {
            return shape.subList(1, 3);
        }
        if (shape.size() == 3 && shape.get(2) == 1) {
            return shape.subList(0, 2);
        }
        throw ImageFormatException.wrongShape(
                "One grey image must have the shape [h,w], [1,h,w] or [h,w,1]; got " + shape + ".");
    }

    private static String described(NpyHeader header) {
        return header.fortranOrder() ? " in Fortran order" : "";
    }

    /** The numbers of a file, once their count is known to agree with the header. */
    private record Elements(ByteBuffer data, NpyType type, int offset) {

        static Elements of(byte[] file, NpyHeader header) throws ImageFormatException {
            NpyType type = NpyType.of(header.descriptor());
            long expected = type.bytes();
            for (long side : header.shape()) {
                // The callers have bounded the product; a dimension of 0 may stand beside any other.
                expected = Math.multiplyExact(expected, side);
            }
            long present = file.length - (long) header.dataOffset();
            if (expected != present) {
                throw ImageFormatException.undecodable("The .npy header says " + header.shape() + " of "
                        + header.descriptor() + ", " + expected + " bytes; the file holds " + present
                        + (present < expected ? ": it is cut off." : ": it has more than its header says."));
            }
            ByteBuffer data = ByteBuffer.wrap(file).order(NpyType.order(header.descriptor()));
            return new Elements(data, type, header.dataOffset());
        }

        /** So many elements from the given one on, as pixels. */
        float[] read(int first, int count) {
            if (type == NpyType.FLOAT32) {
                float[] pixels = new float[count];
                data.slice(offset + first * Float.BYTES, count * Float.BYTES)
                        .order(data.order())
                        .asFloatBuffer()
                        .get(pixels);
                return pixels;
            }
            return read(count, i -> first + i);
        }

        /** Pixels of the elements at these places. */
        float[] read(int count, IntUnaryOperator places) {
            if (type.isNarrow()) {
                float[] pixels = new float[count];
                for (int i = 0; i < count; i++) {
                    pixels[i] = (float) numberAt(places.applyAsInt(i));
                }
                return pixels;
            }
            return type.isWhole()
                    ? Float32.ofIntegers(
                            count,
                            i -> type.whole(data, offset + places.applyAsInt(i) * type.bytes()),
                            type.isUnsigned(),
                            Float32.Missing.NONE)
                    : Float32.ofDoubles(count, i -> numberAt(places.applyAsInt(i)));
        }

        double numberAt(int index) {
            return type.number(data, offset + index * type.bytes());
        }
    }
}
