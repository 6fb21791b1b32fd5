package io.lensmill.neural.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes safetensors files of at most 64 KiB by the format's grammar, most of them with one to three lies: about
 * lengths, shapes, offsets, names, types, nesting. The same seed gives the same files.
 */
final class SafetensorsGrammar {

    static final int MOST_BYTES = 64 * 1024;

    private static final List<String> TYPES =
            List.of("F32", "F16", "BF16", "F64", "I64", "BOOL", "F8_E4M3", "F4", "C64");
    private static final List<String> ODD_TYPES =
            List.of("\"f32\"", "\"\"", "null", "5", "[]", "{}", "\"F128\"", "\"F32\\u0000\"", "true");
    private static final List<String> NAMES = List.of(
            "conv1.0.weight",
            "conv1.0.bias",
            "module.conv1.0.weight",
            "conv1.weight",
            "bn1.weight",
            "fc.weight",
            "layer0.0.conv1.0.weight",
            "layer1.0.downsample.0.weight",
            "num_batches_tracked",
            "\\u001b[2J",
            "");
    private static final List<String> ODD_NUMBERS = List.of(
            "-1",
            "2147483647",
            "2147483648",
            "65536",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e3",
            "0.5",
            "-0",
            "null",
            "\"4\"",
            "[4]",
            "{}",
            "1e999999999");
    private static final List<String> MAGICS = List.of(
            "PK\3\4archive/data.pkl",
            "PK\3\4x",
            "\u0080\2\u008a",
            "\u001f\u008b\u0008\0\0\0\0\0",
            "\u0089HDF\r\n\u001a\n",
            "\u0008\u0007\u0012\7pytorch",
            "GGUF",
            "\u0093NUMPY",
            "<!DOCTYPE html>",
            "version https://git-lfs.",
            "{\"a\":1}");

    private final SplittableRandom random;

    /** What a header says of one tensor. */
    private static final class Claim {
        private String name;
        private String type;
        private String shape;
        private String offsets;
        private String more = "";

        @Override
        public String toString() {
            return "\"" + name + "\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + more
                    + "}";
        }
    }

    SafetensorsGrammar(long seed) {
        this.random = new SplittableRandom(seed);
    }

    byte[] next() {
        if (random.nextInt(40) == 0) {
            return otherFile();
        }
        List<Claim> claims = new ArrayList<>();
        int dataBytes = honest(claims);
        String metadata = random.nextInt(3) == 0 ? metadata() + "," : "";
        int lies = random.nextInt(4);
        for (int i = 0; i < lies && !claims.isEmpty(); i++) {
            dataBytes = lie(claims, dataBytes);
        }
        if (random.nextInt(12) == 0) {
            metadata = deep() + ",";
        }
        StringBuilder header = new StringBuilder("{").append(metadata);
        for (int i = 0; i < claims.size(); i++) {
            header.append(i == 0 ? "" : ",").append(claims.get(i));
        }
        if (claims.isEmpty() && header.length() > 1) {
            header.setLength(header.length() - 1);
        }
        return packed(header.append('}').toString(), dataBytes);
    }

    /** @return bytes of all tensors */
    private int honest(List<Claim> claims) {
        int end = 0;
        int count = random.nextInt(random.nextInt(10) == 0 ? 200 : 6);
        for (int i = 0; i < count; i++) {
            Claim claim = new Claim();
            claim.name = NAMES.get(random.nextInt(NAMES.size())) + "." + i;
            String type = TYPES.get(random.nextInt(TYPES.size()));
            int[] shape = random.ints(random.nextInt(4), 0, 5).toArray();
            int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            int bytes = (size * ElementType.valueOf(type).bits() + 7) / 8;
            claim.type = "\"" + type + "\"";
            claim.shape = Arrays.toString(shape);
            claim.offsets = "[" + end + "," + (end + bytes) + "]";
            end += bytes;
            claims.add(claim);
        }
        return end;
    }

    private int lie(List<Claim> claims, int dataBytes) {
        Claim claim = claims.get(random.nextInt(claims.size()));
        switch (random.nextInt(11)) {
            case 0 -> claim.shape = oddList(random.nextInt(6));
            case 1 -> claim.shape = "[65536,65536" + ",65536".repeat(random.nextInt(5)) + "]";
            case 2 -> claim.shape = oddList(random.nextInt(4000));
            case 3 -> claim.offsets = oddList(random.nextInt(4));
            case 4 -> claim.offsets = "[" + random.nextInt(-9, 99) + "," + random.nextInt(-9, 9999) + "]";
            case 5 -> claim.type = ODD_TYPES.get(random.nextInt(ODD_TYPES.size()));
            case 6 -> claim.name = claims.get(random.nextInt(claims.size())).name;
            case 7 -> claim.more = ",\"" + (random.nextBoolean() ? "dtype" : "x") + "\":" + nested();
            case 8 -> claim.name = "n".repeat(random.nextInt(5000));
            case 9 -> claim.shape = "[" + "9".repeat(random.nextInt(1, 30_000)) + "]";
            default -> {
                return sameBytes(claims);
            }
        }
        return dataBytes;
    }

    /** Two hundred tensors over the same bytes: 200 times the file, when each is read. */
    private int sameBytes(List<Claim> claims) {
        claims.clear();
        int size = random.nextInt(1, 8000);
        for (int i = 0; i < 200; i++) {
            Claim claim = new Claim();
            claim.name = "t" + i;
            claim.type = "\"F32\"";
            claim.shape = "[" + size + "]";
            claim.offsets = "[0," + 4 * size + "]";
            claims.add(claim);
        }
        return 4 * size;
    }

    private String oddList(int length) {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < length; i++) {
            list.append(i == 0 ? "" : ",").append(random.nextInt(3) == 0 ? oddNumber() : "2");
        }
        return list.append(']').toString();
    }

    private String oddNumber() {
        return ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size()));
    }

    private String nested() {
        int depth = random.nextInt(1, random.nextBoolean() ? 40 : 20_000);
        return random.nextBoolean()
                ? "[".repeat(depth) + (random.nextBoolean() ? "]".repeat(depth) : "")
                : "{\"a\":".repeat(depth / 5 + 1) + "1" + "}".repeat(depth / 5 + 1);
    }

    private String deep() {
        return "\"" + (random.nextBoolean() ? "__metadata__" : "deep") + "\":" + nested();
    }

    private String metadata() {
        StringBuilder texts = new StringBuilder("\"__metadata__\":{");
        int count = random.nextInt(random.nextInt(10) == 0 ? 3000 : 4);
        for (int i = 0; i < count; i++) {
            texts.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":");
            texts.append(random.nextInt(20) == 0 ? oddNumber() : "\"" + "v".repeat(random.nextInt(9)) + "\"");
        }
        return texts.append('}').toString();
    }

    private byte[] packed(String text, int dataBytes) {
        byte[] header = text.getBytes(StandardCharsets.UTF_8);
        long length = header.length;
        if (random.nextInt(6) == 0) {
            long[] lengths = {
                0,
                1,
                2,
                length - 1,
                length + 1,
                2 * length,
                length + dataBytes,
                -1,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Integer.MAX_VALUE,
                1L << 32,
                SafetensorsFile.MOST_HEADER_BYTES,
                100_000_000
            };
            length = lengths[random.nextInt(lengths.length)];
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array());
        file.writeBytes(header);
        byte[] data = new byte[Math.max(0, dataBytes + (random.nextInt(8) == 0 ? random.nextInt(-9, 9) : 0))];
        random.nextBytes(data);
        file.writeBytes(data);
        byte[] bytes = file.toByteArray();
        return damaged(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES)));
    }

    private byte[] damaged(byte[] bytes) {
        if (random.nextInt(6) != 0) {
            return bytes;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(Math.min(bytes.length, 300))] = (byte) random.nextInt();
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] otherFile() {
        byte[] magic = MAGICS.get(random.nextInt(MAGICS.size())).getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = new byte[random.nextInt(MOST_BYTES + 1)];
        random.nextBytes(file);
        System.arraycopy(magic, 0, file, 0, Math.min(magic.length, file.length));
        return file;
    }
}
