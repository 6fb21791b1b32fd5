package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The pixels of a FITS unit that are not compressed, and what the header says of any unit's size and scale. */
final class FitsImage {

    private static final int MAX_AXES = 999;

    private FitsImage() {}

    /**
     * Bytes of a unit's data (standard, equation 2); as its header says: 0 when there are none,
     * {@link Long#MAX_VALUE} when they are more than can be counted.
     *
     * @throws ImageFormatException UNDECODABLE when a size is missing or negative
     */
    static long dataBytes(FitsHeader header) throws ImageFormatException {
        int axes = (int) header.whole("NAXIS", 0, MAX_AXES);
        if (axes == 0) {
            return 0;
        }
        boolean groups = header.isTrue("GROUPS") && header.whole("NAXIS1", 0) == 0;
        long elements = 1;
        for (int axis = groups ? 2 : 1; axis <= axes; axis++) {
            elements = product(elements, header.whole("NAXIS" + axis, 0, Long.MAX_VALUE));
        }
        long parameters = header.has("PCOUNT") ? header.whole("PCOUNT", 0, Long.MAX_VALUE) : 0;
        long copies = header.has("GCOUNT") ? header.whole("GCOUNT", 0, Long.MAX_VALUE) : 1;
        if (elements == 0 && parameters == 0) {
            return 0;
        }
        return product(
                product(sum(elements, parameters), copies), sample(header).bytes());
    }

    /** @param sentBytes size of the file before it was inflated */
    static FloatImage read(byte[] file, FitsHeader header, ImageLimits limits, int sentBytes)
            throws ImageFormatException {
        if (header.isTrue("GROUPS")) {
            throw ImageFormatException.wrongShape("it holds random groups; only images are read.");
        }
        List<Long> sides = sides(header, "NAXIS");
        limits.checkSides(sides.get(0), sides.get(1));
        if (sentBytes < file.length) {
            Expansion.checkPixels(sides.get(0), sides.get(1), sentBytes);
        }
        int height = sides.get(0).intValue();
        int width = sides.get(1).intValue();
        FitsSample sample = sample(header);
        long present = file.length - (long) header.dataOffset();
        if ((long) height * width * sample.bytes() > present) {
            throw ImageFormatException.undecodable("it is cut off: " + height + " x " + width + " pixels of "
                    + sample.bytes() + " bytes are stated; " + present + " bytes follow the header.");
        }
        ByteBuffer data = ByteBuffer.wrap(file, header.dataOffset(), height * width * sample.bytes())
                .slice();
        FitsScale scale = FitsScale.of(header);
        int count = height * width;
        float[] pixels = sample.isWhole()
                ? scale.integers(count, i -> sample.whole(data, i), header.has("BLANK"), header.whole("BLANK", 0))
                : scale.isNone() && sample == FitsSample.FLOAT
                        ? floats(data, count)
                        : scale.doubles(count, i -> sample.number(data, i));
        return new FloatImage(height, width, pixels);
    }

    private static float[] floats(ByteBuffer data, int count) {
        float[] pixels = new float[count];
        data.asFloatBuffer().get(pixels);
        return pixels;
    }

    /**
     * Height and width of an image.
     *
     * @param keyword NAXIS or ZNAXIS
     * @throws ImageFormatException WRONG_SHAPE when there is one axis, or a third one of more than one pixel
     */
    static List<Long> sides(FitsHeader header, String keyword) throws ImageFormatException {
        int axes = (int) header.whole(keyword, 0, MAX_AXES);
        List<Long> lengths = new ArrayList<>();
        boolean flat = axes >= 2;
        for (int axis = 1; axis <= axes; axis++) {
            lengths.add(header.whole(keyword + axis, 0, Long.MAX_VALUE));
            flat &= axis <= 2 || lengths.get(axis - 1) == 1;
        }
        if (!flat) {
            throw ImageFormatException.wrongShape(
                    "it has " + (axes == 1 ? "1 axis" : axes + " axes") + " of " + shown(lengths)
                            + (axes < 2
                                    ? " pixels; an image has two axes."
                                    : " pixels; axes beyond the second must have length 1."));
        }
        return List.of(lengths.get(1), lengths.get(0));
    }

    private static FitsSample sample(FitsHeader header) throws ImageFormatException {
        return FitsSample.of(header.whole("BITPIX", Long.MIN_VALUE, Long.MAX_VALUE), "BITPIX");
    }

    private static String shown(List<Long> lengths) {
        return lengths.size() > 9 ? lengths.subList(0, 9) + "…" : lengths.toString();
    }

    /** Up to {@link Long#MAX_VALUE}, which stands for anything beyond. */
    private static long product(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
