package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * Tile-compressed images (standard, section 10): a binary table with a row for each tile. All sizes are checked here;
 * the algorithms ({@link TileCodec}) get one tile of known size and the bytes that it has.
 */
final class FitsTiles {

    private final FitsTable table;
    private final FitsSample sample;
    private final TileCodec codec;
    private final Quantization quantization;
    private final int height;
    private final int width;
    private final int tileHeight;
    private final int tileWidth;

    /** Stored values of the whole image: integers, or numbers of floating point; the other is null. */
    private final long[] whole;

    private final double[] real;

    /** Of the tile at hand. */
    private final long[] integers;

    private FitsTiles(byte[] file, FitsHeader header, ImageLimits limits, int sentBytes) throws ImageFormatException {
        if (!header.isTrue("ZIMAGE")) {
            throw ImageFormatException.undecodable("ZIMAGE must be T; got '" + header.text("ZIMAGE") + "'.");
        }
        List<Long> sides = FitsImage.sides(header, "ZNAXIS");
        limits.checkSides(sides.get(0), sides.get(1));
        Expansion.checkPixels(sides.get(0), sides.get(1), sentBytes);
        height = sides.get(0).intValue();
        width = sides.get(1).intValue();
        tileWidth = tileSide(header, "ZTILE1", width, width);
        tileHeight = tileSide(header, "ZTILE2", 1, height);
        sample = FitsSample.of(header.whole("ZBITPIX", Long.MIN_VALUE, Long.MAX_VALUE), "ZBITPIX");
        table = FitsTable.of(file, header);
        if (table.rows() != (long) tilesAcross() * tilesDown()) {
            throw ImageFormatException.undecodable("it has " + table.rows() + " tiles where " + height + " x " + width
                    + " pixels in tiles of " + tileHeight + " x " + tileWidth + " are "
                    + (long) tilesAcross() * tilesDown() + ".");
        }
        quantization = Quantization.of(header, table, sample);
        codec = TileCodec.of(header, limits, sentBytes);
        integers = new long[tileHeight * tileWidth];
        whole = sample.isWhole() ? new long[height * width] : null;
        real = sample.isWhole() ? null : new double[height * width];
    }

    /** @throws ImageFormatException when the sizes contradict each other or the bytes, or a tile cannot be unpacked */
    static FloatImage read(byte[] file, FitsHeader header, ImageLimits limits, int sentBytes)
            throws ImageFormatException {
        FitsTiles tiles = new FitsTiles(file, header, limits, sentBytes);
        try {
            tiles.unpack();
        } finally {
            tiles.codec.close();
        }
        FitsScale scale = FitsScale.of(header);
        int count = tiles.height * tiles.width;
        String blank = header.has("ZBLANK") ? "ZBLANK" : "BLANK";
        float[] pixels = tiles.sample.isWhole()
                ? scale.integers(count, i -> tiles.whole[i], header.has(blank), header.whole(blank, 0))
                : scale.doubles(count, i -> tiles.real[i]);
        return new FloatImage(tiles.height, tiles.width, pixels);
    }

    private static int tileSide(FitsHeader header, String keyword, int whenMissing, int most)
            throws ImageFormatException {
        long side = header.has(keyword) ? header.whole(keyword, 1, Integer.MAX_VALUE) : whenMissing;
        return (int) Math.min(side, most);
    }

    private int tilesAcross() {
        return (width + tileWidth - 1) / tileWidth;
    }

    private int tilesDown() {
        return (height + tileHeight - 1) / tileHeight;
    }

    private void unpack() throws ImageFormatException {
        for (int row = 0; row < table.rows(); row++) {
            int top = row / tilesAcross() * tileHeight;
            int left = row % tilesAcross() * tileWidth;
            Tile tile = new Tile(top, left, Math.min(tileHeight, height - top), Math.min(tileWidth, width - left));
            try {
                unpack(tile, row);
            } catch (RuntimeException e) {
                // The library's decoders answer damaged tiles with many kinds of unchecked exception.
                throw new ImageFormatException(
                        ImageFormatException.Reason.UNDECODABLE, "tile " + (row + 1) + " is damaged or cut off.", e);
            }
        }
    }

    /** A tile has its data in one of three columns; where quantizing would have lost it, in one of the last two. */
    private void unpack(Tile tile, int row) throws ImageFormatException {
        ByteBuffer packed = data("COMPRESSED_DATA", row);
        ByteBuffer lossless = data("GZIP_COMPRESSED_DATA", row);
        ByteBuffer plain = data("UNCOMPRESSED_DATA", row);
        if (data("NULL_PIXEL_MASK", row).hasRemaining()) {
            throw ImageFormatException.undecodable("it has a mask of missing pixels, which is not read; write NaN.");
        }
        if (packed.hasRemaining() && (sample.isWhole() || quantization.isUsed() || codec.isOfIntegers())) {
            codec.integers(packed, tile.height, tile.width, integers);
            if (sample.isWhole()) {
                store(tile, i -> integers[i]);
            } else {
                storeReal(tile, quantization.restored(row, integers));
            }
        } else if (packed.hasRemaining()) {
            ByteBuffer bytes = codec.numbers(packed, tile.pixels(), sample.bytes());
            storeReal(tile, i -> sample.number(bytes, i));
        } else if (lossless.hasRemaining() || plain.hasRemaining()) {
            ByteBuffer bytes =
                    lossless.hasRemaining() ? codec.inflated(lossless, tile.pixels() * sample.bytes()) : plain;
            if (bytes.remaining() != tile.pixels() * sample.bytes()) {
                throw ImageFormatException.undecodable("tile " + (row + 1) + " has " + bytes.remaining()
                        + " bytes where " + tile.pixels() + " pixels of " + sample.bytes() + " bytes are stated.");
            }
            if (sample.isWhole()) {
                store(tile, i -> sample.whole(bytes, i));
            } else {
                storeReal(tile, i -> sample.number(bytes, i));
            }
        } else {
            throw ImageFormatException.undecodable("tile " + (row + 1) + " has no data.");
        }
    }

    /** What a column holds for a tile; nothing where there is no such column. */
    private ByteBuffer data(String column, int row) throws ImageFormatException {
        Optional<FitsTable.Column> found = table.column(column);
        return found.isPresent() ? table.bytes(found.get(), row) : ByteBuffer.allocate(0);
    }

    private void store(Tile tile, IntToLongFunction values) {
        for (int row = 0, from = 0; row < tile.height; row++) {
            int to = (tile.top + row) * width + tile.left;
            for (int column = 0; column < tile.width; column++) {
                whole[to + column] = values.applyAsLong(from++);
            }
        }
    }

    private void storeReal(Tile tile, IntToDoubleFunction values) {
        for (int row = 0, from = 0; row < tile.height; row++) {
            int to = (tile.top + row) * width + tile.left;
            for (int column = 0; column < tile.width; column++) {
                real[to + column] = values.applyAsDouble(from++);
            }
        }
    }

    /** Where a tile lies in the image; those at the right and the upper edge may be smaller. */
    private record Tile(int top, int left, int height, int width) {

        int pixels() {
            return height * width;
        }
    }
}
