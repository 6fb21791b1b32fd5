package io.lensmill.imaging.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Random image files that follow the grammar of their format and lie about sizes, counts and places: most of them get
 * past the first bytes. Each has at most {@link #MAX_BYTES}; the same seed gives the same files.
 */
public final class ImageFileGrammar {

    /** Largest file. */
    public static final int MAX_BYTES = 64 << 10;

    private static final long[] ODD = {
        0,
        1,
        2,
        3,
        7,
        8,
        9,
        16,
        64,
        100,
        255,
        256,
        1000,
        2880,
        4095,
        4096,
        4097,
        16_384,
        40_000,
        65_535,
        65_536,
        1 << 20,
        16_777_217,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 32,
        Long.MAX_VALUE,
        -1,
        -2,
        -2880,
        Integer.MIN_VALUE,
        Long.MIN_VALUE
    };

    private final SplittableRandom random;

    public ImageFileGrammar(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Kinds of file. */
    public enum Family {
        FITS,
        FITS_TILES,
        FITS_GZIP,
        NPY,
        NPZ,
        PNG
    }

    /** One file of a kind. */
    public byte[] file(Family family) {
        byte[] file =
                switch (family) {
                    case FITS -> fits();
                    case FITS_TILES -> tiledFits();
                    case FITS_GZIP ->
                        gzip(
                                rarely()
                                        ? new byte[random.nextInt(1 << 22)]
                                        : random.nextInt(4) > 0 ? fits() : tiledFits());
                    case NPY -> npy();
                    case NPZ -> npz();
                    case PNG -> png();
                };
        byte[] cut = file.length > MAX_BYTES ? Arrays.copyOf(file, MAX_BYTES) : file;
        if (rarely() && cut.length > 0) {
            cut = Arrays.copyOf(cut, random.nextInt(cut.length));
        }
        if (rarely() && cut.length > 0) {
            cut[random.nextInt(cut.length)] = (byte) random.nextInt();
        }
        return cut;
    }

    private byte[] fits() {
        return join(fitsUnit(true, random.nextBoolean()), random.nextBoolean() ? image() : none(), image());
    }

    private byte[] tiledFits() {
        return join(fitsUnit(true, false), tiles(), random.nextBoolean() ? image() : none());
    }

    private byte[] image() {
        return rarely() ? tiles() : fitsUnit(false, true);
    }

    /** A primary or IMAGE unit. */
    private byte[] fitsUnit(boolean primary, boolean data) {
        List<String> cards = new ArrayList<>();
        cards.add(primary ? card("SIMPLE", "T") : card("XTENSION", usually("'IMAGE   '", "'BINTABLE'", "'A3DTABLE'")));
        int bitpix = new int[] {8, 16, 32, 64, -32, -64}[random.nextInt(6)];
        long width = data ? size(64) : 0;
        long height = data ? size(64) : 0;
        cards.add(card("BITPIX", number(bitpix)));
        cards.add(card("NAXIS", number(data ? 2 : 0)));
        if (data) {
            cards.add(card("NAXIS1", number(width)));
            cards.add(card("NAXIS2", number(height)));
        }
        addSome(
                cards, "BSCALE", "BZERO", "BLANK", "PCOUNT", "GCOUNT", "NAXIS3", "OBJECT", "CD1_1", "CDELT1",
                "EXTNAME");
        addTwice(cards);
        long bytes = Math.abs(bitpix) / 8 * Math.max(0, Math.min(1 << 12, width)) * Math.max(0, Math.min(64, height));
        return header(cards, noise((int) Math.min(bytes, MAX_BYTES)));
    }

    /** A binary table that says that it is an image. */
    private byte[] tiles() {
        long width = size(64);
        long height = size(64);
        long tileWidth = usuallyLong(width);
        long tileHeight = usuallyLong(random.nextBoolean() ? 1 : height);
        int rows = (int) Math.max(0, Math.min(500, ceiling(width, tileWidth) * ceiling(height, tileHeight)));
        String algorithm = usually("'RICE_1'", "'GZIP_1'", "'GZIP_2'", "'PLIO_1'", "'HCOMPRESS_1'", "'NOCOMPRESS'");
        boolean quantized = random.nextBoolean();
        boolean wide = rarely();
        int rowBytes = (wide ? 16 : 8) + (quantized ? 16 : 0);
        ByteBuffer table = ByteBuffer.allocate(rowBytes * rows);
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        List<byte[]> several = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            // Packing takes longer than unpacking: a few tiles stand for all.
            byte[] tile = row < 3
                    ? tile(algorithm, clamped(tileWidth, 4096), clamped(tileHeight, 64))
                    : several.get(random.nextInt(3));
            several.add(tile);
            long count = usuallyLong(tile.length);
            long offset = usuallyLong(heap.size());
            if (wide) {
                table.putLong(count).putLong(offset);
            } else {
                table.putInt((int) count).putInt((int) offset);
            }
            if (quantized) {
                table.putDouble(random.nextDouble()).putDouble(rarely() ? Double.NaN : random.nextDouble());
            }
            if (heap.size() < MAX_BYTES) {
                heap.writeBytes(tile);
            }
        }
        List<String> cards = new ArrayList<>();
        cards.add(card("XTENSION", "'BINTABLE'"));
        cards.add(card("BITPIX", number(8)));
        cards.add(card("NAXIS", number(2)));
        cards.add(card("NAXIS1", number(rowBytes)));
        cards.add(card("NAXIS2", number(rows)));
        cards.add(card("PCOUNT", number(heap.size())));
        cards.add(card("GCOUNT", number(1)));
        cards.add(card("TFIELDS", number(quantized ? 3 : 1)));
        cards.add(card("TTYPE1", "'COMPRESSED_DATA'"));
        cards.add(card("TFORM1", rarely() ? number(99) : wide ? "'1QB'" : "'1PB(" + random.nextInt() + ")'"));
        cards.add(card("TTYPE2", "'ZSCALE'"));
        cards.add(card("TFORM2", rarely() ? "'99999999D'" : "'1D'"));
        cards.add(card("TTYPE3", "'ZZERO'"));
        cards.add(card("TFORM3", rarely() ? "'K'" : "'D'"));
        cards.add(card("ZIMAGE", rarely() ? "F" : "T"));
        cards.add(card("ZCMPTYPE", algorithm));
        cards.add(card("ZBITPIX", number(new int[] {8, 16, 32, 64, -32, -64}[random.nextInt(6)])));
        cards.add(card("ZNAXIS", number(2)));
        cards.add(card("ZNAXIS1", number(width)));
        cards.add(card("ZNAXIS2", number(height)));
        cards.add(card("ZTILE1", number(tileWidth)));
        cards.add(card("ZTILE2", number(tileHeight)));
        cards.add(card("ZNAME1", usually("'BYTEPIX'", "'BLOCKSIZE'", "'SMOOTH'")));
        cards.add(card("ZVAL1", number(new int[] {1, 2, 4, 16, 32}[random.nextInt(5)])));
        if (random.nextBoolean()) {
            cards.add(card(
                    "ZQUANTIZ", usually("'NO_DITHER'", "'SUBTRACTIVE_DITHER_1'", "'SUBTRACTIVE_DITHER_2'", "'NONE'")));
            cards.add(card("ZDITHER0", number(1 + random.nextInt(10_000))));
        }
        addSome(cards, "BSCALE", "BZERO", "ZBLANK", "THEAP", "ZTABLE", "ZNAXIS3");
        addTwice(cards);
        return header(cards, join(table.array(), heap.toByteArray()));
    }

    /** What one tile is said to hold. */
    private byte[] tile(String algorithm, int width, int height) {
        int pixels = Math.min(1 << 16, width * height);
        int bytes = random.nextInt(1 + Math.min(4 * pixels, 3000));
        return switch (algorithm) {
            case "'GZIP_1'", "'GZIP_2'" ->
                gzip(
                        rarely()
                                ? new byte[random.nextInt(1 << 20)]
                                : noise(pixels * new int[] {1, 2, 4, 8}[random.nextInt(4)]));
            case "'HCOMPRESS_1'" -> {
                // Few bits for many planes.
                ByteBuffer tile = ByteBuffer.allocate(25 + bytes).putShort((short) 0xdd99);
                tile.putInt((int) usuallyLong(height))
                        .putInt((int) usuallyLong(width))
                        .putInt(random.nextInt(3));
                tile.putLong(random.nextLong());
                for (int quadrant = 0; quadrant < 3; quadrant++) {
                    tile.put((byte) (rarely() ? random.nextInt() : random.nextInt(33)));
                }
                yield tile.put(random.nextBoolean() ? new byte[bytes] : noise(bytes))
                        .array();
            }
            default -> random.nextInt(4) == 0 ? new byte[bytes] : noise(bytes);
        };
    }

    private byte[] npy() {
        String type = usually(
                "<f4", ">f4", "<f2", "<f8", ">f8", "|b1", "|u1", "|i1", "<u2", ">i2", "<u4", "<i4", "<u8", ">i8", "|O",
                "<c16", "<M8[ns]", "|S5", "<U7", "|V16", "<f16", "?", "", "f4");
        long height = size(64);
        long width = size(64);
        char quote = rarely() ? '"' : '\'';
        String end = rarely() ? "L" : "";
        String shape = random.nextInt(8) == 0
                ? "(" + height + end + ",)"
                : "(" + (rarely() ? "1, " : "") + height + end + ", " + width + end + (rarely() ? ",)" : ")");
        List<String> entries = new ArrayList<>(List.of(
                quoted("descr", quote) + ": " + (rarely() ? "[('a', '<f4')]" : quoted(type, quote)),
                quoted("fortran_order", quote) + ": " + usually("False", "True", "0", "None"),
                quoted("shape", quote) + ": " + (rarely() ? "[3, 4]" : shape)));
        if (rarely()) {
            entries.add(entries.get(random.nextInt(3)));
        }
        if (rarely()) {
            entries.remove(random.nextInt(3));
        }
        String text = "{" + String.join(random.nextBoolean() ? "," : " , ", entries) + (rarely() ? "" : ", }") + "\n";
        byte[] header = text.getBytes(StandardCharsets.ISO_8859_1);
        int version = 1 + random.nextInt(3);
        ByteBuffer prefix = ByteBuffer.allocate(version == 1 ? 10 : 12).order(ByteOrder.LITTLE_ENDIAN);
        prefix.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int length = (int) usuallyLong(header.length);
        if (version == 1) {
            prefix.putShort((short) length);
        } else {
            prefix.putInt(length);
        }
        int width8 = type.matches(".*[0-9]") ? Math.min(16, type.charAt(type.length() - 1) - '0') : 1;
        long bytes = Math.min(MAX_BYTES, Math.max(0, Math.min(1 << 12, width) * Math.min(64, height) * width8));
        return join(prefix.array(), header, noise((int) usuallyLong(bytes)));
    }

    private byte[] npz() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        int entries = 1 + random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            byte[] content = random.nextInt(50) == 0 ? new byte[random.nextInt(1 << 20)] : npy();
            boolean stored = random.nextBoolean();
            byte[] data = stored ? content : deflated(content);
            byte[] name =
                    usually("a.npy", "b.npy", "../x/a.npy", "a.txt", "a/", "").getBytes(StandardCharsets.UTF_8);
            int offset = file.size();
            boolean descriptor = rarely();
            byte[] extra = rarely() ? noise(random.nextInt(40)) : none();
            ByteBuffer entry = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
            entry.putShort((short) 20).putShort((short) (descriptor ? 8 : 0)).putShort((short) (stored ? 0 : 8));
            entry.putInt(0).putInt((int) usuallyLong(crc(content)));
            entry.putInt((int) usuallyLong(data.length)).putInt((int) usuallyLong(content.length));
            entry.putShort((short) usuallyLong(name.length)).putShort((short) extra.length);
            file.writeBytes(join(new byte[] {'P', 'K', 3, 4}, entry.array(), name, extra, data));
            ByteBuffer central = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            central.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0);
            central.putInt((int) usuallyLong(offset));
            directory.writeBytes(join(
                    new byte[] {'P', 'K', 1, 2, 20, 0},
                    Arrays.copyOf(entry.array(), 26),
                    central.array(),
                    name,
                    extra));
        }
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.put(new byte[] {'P', 'K', 5, 6}).putInt(0).putShort((short) usuallyLong(entries));
        end.putShort((short) entries).putInt((int) usuallyLong(directory.size()));
        end.putInt((int) usuallyLong(file.size())).putShort((short) 0);
        return join(file.toByteArray(), directory.toByteArray(), end.array());
    }

    private byte[] png() {
        long width = size(64);
        long height = size(64);
        int depth = rarely() ? random.nextInt(33) : random.nextBoolean() ? 8 : 16;
        ByteBuffer header = ByteBuffer.allocate(13).putInt((int) width).putInt((int) height);
        header.put((byte) depth).put((byte) (rarely() ? random.nextInt(7) : 0));
        header.put((byte) (rarely() ? 1 : 0)).put((byte) (rarely() ? 1 : 0)).put((byte) random.nextInt(2));
        long row = 1 + Math.max(0, Math.min(1 << 12, width)) * depth / 8;
        int bytes = (int) Math.min(1 << 20, row * Math.max(0, Math.min(1 << 12, height)));
        byte[] rows = rarely() ? new byte[bytes] : noise(bytes);
        for (int i = 0; i < rows.length; i += (int) row) {
            rows[i] = (byte) (rarely() ? random.nextInt() : random.nextInt(5));
        }
        byte[] packed = deflated(rows);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk("IHDR", header.array()));
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = usually("tEXt", "zTXt", "iCCP", "iTXt", "PLTE", "tRNS", "gAMA", "IHDR", "acTL", "????");
            file.writeBytes(
                    chunk(name, random.nextInt(50) == 0 ? deflated(new byte[1 << 20]) : noise(random.nextInt(300))));
        }
        int cut = random.nextInt(1 + packed.length);
        file.writeBytes(chunk("IDAT", Arrays.copyOf(packed, cut)));
        file.writeBytes(chunk("IDAT", Arrays.copyOfRange(packed, cut, packed.length)));
        file.writeBytes(chunk("IEND", none()));
        return file.toByteArray();
    }

    private byte[] chunk(String name, byte[] data) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer length = ByteBuffer.allocate(4).putInt((int) usuallyLong(data.length));
        ByteBuffer checksum = ByteBuffer.allocate(4).putInt((int) usuallyLong(crc(join(type, data))));
        return join(length.array(), type, data, checksum.array());
    }

    private byte[] header(List<String> cards, byte[] data) {
        byte[] file = FitsFiles.file(data, cards.toArray(String[]::new));
        return rarely() ? Arrays.copyOf(file, Math.max(1, file.length - random.nextInt(file.length))) : file;
    }

    private void addSome(List<String> cards, String... keywords) {
        for (String keyword : keywords) {
            if (random.nextInt(4) == 0) {
                cards.add(card(keyword, rarely() ? usually("'text'", "T", "'it''s &'", "", "'unclosed") : number(1)));
            }
        }
        if (rarely()) {
            for (int i = random.nextInt(600); i > 0; i--) {
                cards.add("CONTINUE  '" + "x".repeat(60) + "&'");
            }
        }
    }

    private void addTwice(List<String> cards) {
        if (rarely()) {
            cards.add(cards.get(random.nextInt(cards.size())));
        }
        if (rarely()) {
            cards.add(cards.get(random.nextInt(cards.size())).substring(0, 8) + "= " + odd());
        }
    }

    private static String card(String keyword, String value) {
        return String.format("%-8s= %s", keyword, value);
    }

    private String number(long value) {
        return switch (random.nextInt(250)) {
            case 0 -> String.valueOf(odd());
            case 1 -> value + ".0";
            case 2 -> "1E" + random.nextInt(500);
            case 3 -> "'" + value + "'";
            case 4 -> "99999999999999999999999999";
            default -> String.valueOf(value);
        };
    }

    private long size(int usual) {
        return random.nextInt(10) == 0 ? odd() : 1 + random.nextInt(usual);
    }

    private long odd() {
        return ODD[random.nextInt(ODD.length)];
    }

    private long usuallyLong(long value) {
        return random.nextInt(50) == 0 ? odd() : value;
    }

    /** The first, half of the time. */
    private String usually(String... values) {
        return values[random.nextBoolean() ? 0 : random.nextInt(values.length)];
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    private static int clamped(long value, int most) {
        return (int) Math.max(0, Math.min(most, value));
    }

    private static long ceiling(long a, long b) {
        return b <= 0 || a <= 0 ? 0 : a / b + (a % b == 0 ? 0 : 1);
    }

    private static String quoted(String text, char quote) {
        return quote + text + quote;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[Math.max(0, Math.min(length, 1 << 22))];
        if (random.nextInt(3) > 0) {
            for (int i = 0; i < Math.min(bytes.length, MAX_BYTES); i++) {
                bytes[i] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    private static byte[] none() {
        return new byte[0];
    }

    private static byte[] gzip(byte[] content) {
        try {
            return FitsFiles.gzip(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static long crc(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
