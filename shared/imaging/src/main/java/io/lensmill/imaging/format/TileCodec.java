package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import nom.tam.fits.compression.algorithm.hcompress.HDecompress;
import nom.tam.fits.compression.algorithm.plio.PLIOCompress;
import nom.tam.fits.compression.algorithm.rice.RiceCompressOption;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor;

/**
 * Unpacks one tile of a compressed FITS image (standard, section 10.4): Rice, PLIO and H-compress by the library,
 * gzip by
 * the JDK. What it writes is never larger than the tile, whatever the bytes say; damaged ones end in an exception of
 * some kind, which {@link FitsTiles} answers.
 */
final class TileCodec implements AutoCloseable {

    /** Pixels times bit planes that any file may have, and for each of its bytes: see {@link #hcompress}. */
    private static final long FREE_PLANES = 8 << 20;

    private static final int PLANES_FROM_BYTE = 256;

    /** Where an H-compressed tile says its height, width and the bit planes of its quadrants. */
    private static final int HCOMPRESS_HEIGHT = 2;

    private static final int HCOMPRESS_WIDTH = 6;
    private static final int HCOMPRESS_PLANES = 22;

    /** The library logs a line for every tile with a byte too many; whoever sends files would write our log. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam.fits");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    /** ZCMPTYPE. */
    private enum Algorithm {
        RICE_1,
        GZIP_1,
        GZIP_2,
        PLIO_1,
        HCOMPRESS_1,
        NOCOMPRESS
    }

    private final Algorithm algorithm;
    private final RiceCompressOption rice = new RiceCompressOption();
    private final HDecompress hcompress = new HDecompress();
    private final boolean smooth;
    private final GzipTile gzip;
    private long planesLeft;

    private TileCodec(Algorithm algorithm, boolean smooth, ImageLimits limits, int fileBytes) {
        this.algorithm = algorithm;
        this.smooth = smooth;
        this.gzip = new GzipTile(Expansion.mostBytes(fileBytes, limits));
        this.planesLeft = FREE_PLANES + (long) PLANES_FROM_BYTE * fileBytes;
    }

    /**
     * @throws ImageFormatException UNDECODABLE for another algorithm or parameters that it does not have
     */
    static TileCodec of(FitsHeader header, ImageLimits limits, int fileBytes) throws ImageFormatException {
        Algorithm algorithm = algorithm(header.text("ZCMPTYPE"));
        TileCodec codec = new TileCodec(algorithm, parameter(header, "SMOOTH", 0) != 0, limits, fileBytes);
        if (algorithm == Algorithm.RICE_1) {
            long bytes = parameter(header, "BYTEPIX", Integer.BYTES);
            long block = parameter(header, "BLOCKSIZE", RiceCompressOption.DEFAULT_RICE_BLOCKSIZE);
            if ((bytes != 1 && bytes != 2 && bytes != 4) || (block != 16 && block != 32)) {
                throw ImageFormatException.undecodable(
                        "BYTEPIX must be 1, 2 or 4 and BLOCKSIZE 16 or 32; got " + bytes + " and " + block + ".");
            }
            codec.rice.setBytePix((int) bytes).setBlockSize((int) block);
        }
        return codec;
    }

    private static Algorithm algorithm(String name) throws ImageFormatException {
        if (name.equals("RICE_ONE")) {
            // Its name in files of before the standard.
            return Algorithm.RICE_1;
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        throw ImageFormatException.undecodable("ZCMPTYPE must be one of "
                + Arrays.stream(Algorithm.values()).map(Enum::name).collect(Collectors.joining(", ")) + "; got '" + name
                + "'.");
    }

    /** A parameter of the algorithm: ZVALn of the ZNAMEn that is called so. */
    private static long parameter(FitsHeader header, String name, long whenMissing) throws ImageFormatException {
        for (int i = 1; header.has("ZNAME" + i); i++) {
            if (header.text("ZNAME" + i).equals(name)) {
                return header.whole("ZVAL" + i, whenMissing);
            }
        }
        return whenMissing;
    }

    /** Whether the algorithm packs integers alone; the others pack the bytes of any numbers. */
    boolean isOfIntegers() {
        return algorithm == Algorithm.RICE_1 || algorithm == Algorithm.PLIO_1 || algorithm == Algorithm.HCOMPRESS_1;
    }

    /** Fills the beginning of {@code out} with the integers of a tile, row by row. */
    void integers(ByteBuffer packed, int height, int width, long[] out) throws ImageFormatException {
        int count = height * width;
        switch (algorithm) {
            case RICE_1 -> rice(packed, count, out);
            case PLIO_1 -> new Plio(out).unpack(packed, count);
            case HCOMPRESS_1 -> hcompress(packed, height, width, out);
            default -> {
                ByteBuffer bytes = numbers(packed, count, 0);
                FitsSample sample = FitsSample.of(8L * (bytes.remaining() / count), "The width of its numbers in bits");
                for (int i = 0; i < count; i++) {
                    out[i] = sample.whole(bytes, i);
                }
            }
        }
    }

    /**
     * The numbers of a tile as bytes, big-endian.
     *
     * @param width bytes of each, or 0 for whatever divides the bytes that are there: writers choose it for integers
     */
    ByteBuffer numbers(ByteBuffer packed, int count, int width) throws ImageFormatException {
        int most = count * (width == 0 ? Long.BYTES : width);
        ByteBuffer bytes = algorithm == Algorithm.NOCOMPRESS ? packed : inflated(packed, most);
        if (bytes.remaining() % count != 0 || (width != 0 && bytes.remaining() != most)) {
            throw ImageFormatException.undecodable(
                    "a tile of " + count + " pixels has " + bytes.remaining() + " bytes.");
        }
        return algorithm == Algorithm.GZIP_2 ? inOrder(bytes, bytes.remaining() / count) : bytes;
    }

    /**
     * Bytes within gzip.
     *
     * @throws ImageFormatException UNDECODABLE when they are damaged, or more than {@code most}
     */
    ByteBuffer inflated(ByteBuffer packed, int most) throws ImageFormatException {
        return gzip.inflate(packed, most);
    }

    @Override
    public void close() {
        gzip.close();
    }

    /** GZIP_2 has the highest bytes of all numbers first, then the next ones. */
    private static ByteBuffer inOrder(ByteBuffer shuffled, int width) {
        int count = shuffled.remaining() / width;
        byte[] bytes = new byte[count * width];
        for (int place = 0, from = 0; place < width; place++) {
            for (int i = 0; i < count; i++) {
                bytes[i * width + place] = shuffled.get(from++);
            }
        }
        return ByteBuffer.wrap(bytes);
    }

    private void rice(ByteBuffer packed, int count, long[] out) {
        switch (rice.getBytePix()) {
            case 1 -> {
                ByteBuffer bytes = ByteBuffer.allocate(count);
                new RiceCompressor.ByteRiceCompressor(rice).decompress(packed, bytes);
                for (int i = 0; i < count; i++) {
                    out[i] = bytes.get(i) & 0xff;
                }
            }
            case 2 -> {
                ShortBuffer shorts = ShortBuffer.allocate(count);
                new RiceCompressor.ShortRiceCompressor(rice).decompress(packed, shorts);
                for (int i = 0; i < count; i++) {
                    out[i] = shorts.get(i);
                }
            }
            default -> {
                IntBuffer integers = IntBuffer.allocate(count);
                new RiceCompressor.IntRiceCompressor(rice).decompress(packed, integers);
                for (int i = 0; i < count; i++) {
                    out[i] = integers.get(i);
                }
            }
        }
    }

    /**
     * The tile says its own size, and how many bit planes it has; an empty plane takes some bits and as much work as a
     * full one, so that their number is bounded by the size of the file.
     */
    private void hcompress(ByteBuffer packed, int height, int width, long[] out) throws ImageFormatException {
        int tileHeight = packed.getInt(HCOMPRESS_HEIGHT);
        int tileWidth = packed.getInt(HCOMPRESS_WIDTH);
        if (tileHeight != height || tileWidth != width) {
            throw ImageFormatException.undecodable("a tile of " + height + " x " + width + " pixels says that it has "
                    + tileHeight + " x " + tileWidth + ".");
        }
        int planes = 0;
        for (int quadrant = 0; quadrant < 3; quadrant++) {
            planes = Math.max(planes, packed.get(HCOMPRESS_PLANES + quadrant) & 0xff);
        }
        planesLeft -= (long) height * width * planes;
        if (planes > Long.SIZE || planesLeft < 0) {
            throw ImageFormatException.undecodable("its tiles have more bit planes than files of this size can fill.");
        }
        hcompress.decompress(packed, smooth, out);
    }

    /** The library's reader of line lists, into integers of 24 bits instead of its 16. */
    private static final class Plio extends PLIOCompress {

        private final long[] out;

        Plio(long[] out) {
            this.out = out;
        }

        void unpack(ByteBuffer packed, int count) {
            decompress(packed.asShortBuffer(), count);
        }

        @Override
        protected int nextPixel() {
            throw new UnsupportedOperationException("Only read");
        }

        @Override
        protected void put(int index, int pixel) {
            out[index] = pixel;
        }
    }
}
