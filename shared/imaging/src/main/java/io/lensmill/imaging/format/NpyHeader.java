package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file, versions 1 to 3: a Python dictionary of exactly the keys descr, fortran_order and
 * shape. Format: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}.
 *
 * @param descriptor element type such as {@code <f4}
 * @param fortranOrder true when the first dimension varies fastest
 * @param shape the dimensions, none negative
 * @param dataOffset where the elements begin in the file, in bytes
 */
record NpyHeader(String descriptor, boolean fortranOrder, List<Long> shape, int dataOffset) {

    /** NumPy's own limit for headers that it reads without being told to trust them. */
    private static final int MAX_HEADER_BYTES = 10_000;

    private static final int MAX_DIMENSIONS = 8;
    private static final Pattern ENTRY = Pattern.compile("\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
            + "(?:'([^'\\\\]{0,32})'|(True|False)|\\(([0-9, ]{0,200})\\)|(\\[))\\s*(,|(?=\\}))");

    /** @throws ImageFormatException when the bytes are no such header */
    static NpyHeader parse(byte[] file) throws ImageFormatException {
        if (FileFormat.of(file).orElse(null) != FileFormat.NPY || file.length < 10) {
            throw ImageFormatException.undecodable("The file is no .npy file, or is cut off in its first ten bytes.");
        }
        int version = file[6];
        if (version < 1 || version > 3 || file[7] != 0) {
            throw ImageFormatException.undecodable(
                    "The .npy version must be 1.0, 2.0 or 3.0; got " + (version & 0xff) + "." + (file[7] & 0xff) + ".");
        }
        int begin = version == 1 ? 10 : 12;
        long length = version == 1 ? unsigned(file, 8, 2) : unsigned(file, 8, 4);
        if (length > MAX_HEADER_BYTES || begin + length > file.length) {
            throw ImageFormatException.undecodable("The .npy header claims " + length + " bytes; the file has "
                    + Math.max(0, file.length - begin) + " after its prefix and at most " + MAX_HEADER_BYTES
                    + " are accepted.");
        }
        return parse(new String(file, begin, (int) length, StandardCharsets.ISO_8859_1).strip(), begin + (int) length);
    }

    private static NpyHeader parse(String text, int dataOffset) throws ImageFormatException {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw malformed("it is no dictionary");
        }
        Matcher entry = ENTRY.matcher(text);
        Set<String> seen = new HashSet<>();
        String descriptor = null;
        Boolean fortran = null;
        List<Long> shape = null;
        int at = 1;
        while (entry.region(at, text.length()).lookingAt()) {
            if (!seen.add(entry.group(1))) {
                throw malformed("it has " + entry.group(1) + " twice");
            }
            switch (entry.group(1)) {
                case "descr" -> descriptor = descriptor(entry);
                case "fortran_order" -> fortran = entry.group(3) == null ? null : Boolean.valueOf(entry.group(3));
                default -> shape = entry.group(4) == null ? null : shape(entry.group(4));
            }
            at = entry.end();
        }
        if (!text.substring(at).strip().equals("}") || descriptor == null || fortran == null || shape == null) {
            throw malformed("it must hold exactly descr, fortran_order and shape");
        }
        return new NpyHeader(descriptor, fortran, shape, dataOffset);
    }

    private static String descriptor(Matcher entry) throws ImageFormatException {
        if (entry.group(5) != null) {
            throw ImageFormatException.wrongShape(
                    "The .npy file holds a structured array; only plain numbers are read.");
        }
        return entry.group(2);
    }

    private static List<Long> shape(String text) throws ImageFormatException {
        List<Long> dimensions = new ArrayList<>();
        for (String part : text.strip().split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            if (!part.strip().matches("[0-9]{1,10}")) {
                throw malformed("a dimension of its shape is no number below ten thousand million");
            }
            dimensions.add(Long.parseLong(part.strip()));
        }
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw ImageFormatException.wrongShape(
                    "The array has " + dimensions.size() + " dimensions; an image has two or three.");
        }
        return List.copyOf(dimensions);
    }

    private static ImageFormatException malformed(String detail) {
        return ImageFormatException.undecodable("The .npy header is malformed: " + detail + ".");
    }

    private static long unsigned(byte[] file, int offset, int bytes) throws ImageFormatException {
        if (offset + bytes > file.length) {
            throw ImageFormatException.undecodable("The .npy file is cut off in its header.");
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (file[offset + i] & 0xff);
        }
        return value;
    }
}
