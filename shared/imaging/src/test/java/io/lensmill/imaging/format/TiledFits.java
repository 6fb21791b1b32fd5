package io.lensmill.imaging.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Tile-compressed FITS images for tests: gzip tiles of 16-bit integers, card by card. */
final class TiledFits {

    private TiledFits() {}

    /** An extension of the name SCI whose header is one block; the table begins at byte 2,880 of it. */
    static byte[] gzip(String algorithm, int bitpix, int width, int height, short[]... tiles) throws IOException {
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        ByteBuffer rows = ByteBuffer.allocate(8 * tiles.length);
        for (short[] tile : tiles) {
            ByteBuffer numbers = ByteBuffer.allocate(2 * tile.length);
            numbers.asShortBuffer().put(tile);
            byte[] packed = FitsFiles.gzip(numbers.array());
            rows.putInt(packed.length).putInt(heap.size());
            heap.write(packed);
        }
        ByteBuffer data = ByteBuffer.allocate(rows.capacity() + heap.size());
        data.put(rows.array()).put(heap.toByteArray());
        return FitsFiles.file(
                data.array(),
                "XTENSION= 'BINTABLE'",
                "BITPIX  =                    8",
                "NAXIS   =                    2",
                "NAXIS1  =                    8",
                "NAXIS2  = " + tiles.length,
                "PCOUNT  = " + heap.size(),
                "GCOUNT  =                    1",
                "TFIELDS =                    1",
                "TTYPE1  = 'COMPRESSED_DATA'",
                "TFORM1  = '1PB(99) '",
                "ZIMAGE  =                    T",
                "ZBITPIX = " + bitpix,
                "ZNAXIS  =                    2",
                "ZNAXIS1 = " + width,
                "ZNAXIS2 = " + height,
                "ZTILE1  = " + width,
                "ZTILE2  = " + (height + tiles.length - 1) / tiles.length,
                "ZCMPTYPE= '" + algorithm + "'",
                "EXTNAME = 'SCI     '",
                "THEAP   = " + 8 * tiles.length);
    }

    /** The unit with another value of a keyword that it has. */
    static byte[] with(byte[] unit, String keyword, String value) {
        byte[] changed = unit.clone();
        String header = new String(unit, 0, 2880, StandardCharsets.US_ASCII);
        int card = header.indexOf(String.format("%-8s=", keyword));
        byte[] text = String.format("%-8s= %-70s", keyword, value).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, changed, card, text.length);
        return changed;
    }

    /** A file of an empty primary unit and these. */
    static byte[] withPrimary(byte[]... units) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(FitsFiles.file(
                new byte[0],
                "SIMPLE  =                    T",
                "BITPIX  =                    8",
                "NAXIS   =                    0"));
        for (byte[] unit : units) {
            file.write(unit);
        }
        return file.toByteArray();
    }
}
