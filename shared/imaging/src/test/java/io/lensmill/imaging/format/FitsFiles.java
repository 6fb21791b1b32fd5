package io.lensmill.imaging.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** FITS files for tests, put together card by card, so that the reader is not tested with its own library's writer. */
public final class FitsFiles {

    private FitsFiles() {}

    /** Header blocks of the cards, then the data, both filled up to 2,880 bytes. */
    public static byte[] file(byte[] data, String... cards) {
        StringBuilder header = new StringBuilder();
        for (String card : cards) {
            header.append(String.format("%-80s", card));
        }
        header.append(String.format("%-80s", "END"));
        byte[] text = header.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[blocks(text.length) + blocks(data.length)];
        Arrays.fill(file, 0, blocks(text.length), (byte) ' ');
        System.arraycopy(text, 0, file, 0, text.length);
        System.arraycopy(data, 0, file, blocks(text.length), data.length);
        return file;
    }

    public static byte[] image(int bitpix, int width, int height, byte[] data, String... more) {
        String[] cards = new String[5 + more.length];
        cards[0] = "SIMPLE  =                    T";
        cards[1] = "BITPIX  = " + String.format("%20d", bitpix);
        cards[2] = "NAXIS   =                    2";
        cards[3] = "NAXIS1  = " + String.format("%20d", width);
        cards[4] = "NAXIS2  = " + String.format("%20d", height);
        System.arraycopy(more, 0, cards, 5, more.length);
        return file(data, cards);
    }

    /** An IMAGE extension. */
    static byte[] extension(int bitpix, int width, int height, byte[] data, String name) {
        return file(
                data,
                "XTENSION= 'IMAGE   '",
                "BITPIX  = " + bitpix,
                "NAXIS   =                    2",
                "NAXIS1  = " + width,
                "NAXIS2  = " + height,
                "PCOUNT  =                    0",
                "GCOUNT  =                    1",
                "EXTNAME = '" + name + "'");
    }

    public static byte[] gzip(byte[] file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(file);
        }
        return bytes.toByteArray();
    }

    private static int blocks(int bytes) {
        return (bytes + 2879) / 2880 * 2880;
    }
}
