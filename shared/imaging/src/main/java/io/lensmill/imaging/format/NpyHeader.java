package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header of a {@code .npy} file, versions 1 to 3: a Python dictionary of exactly the keys descr, fortran_order and
 * shape, in any order and as any Python writes it ({@link PythonLiterals}). Format: NumPy Enhancement Proposal 1 and
 * {@code numpy.lib.format}.
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

    /** @throws ImageFormatException when the bytes are no such header */
    static NpyHeader parse(byte[] file) throws ImageFormatException {
        FileFormat format = FileFormat.of(file).orElse(null);
        if (format == FileFormat.NPZ) {
            throw ImageFormatException.undecodable("The file is a .npz archive of arrays where one array is read; save "
                    + "the array alone: np.save(f, np.load('x.npz')['name']).");
        }
        if (format != FileFormat.NPY) {
            throw ImageFormatException.undecodable("The file is no .npy file" + (format == null ? "" : " but " + format)
                    + ": it does not begin with \\x93NUMPY.");
        }
        if (file.length < 10) {
            throw ImageFormatException.undecodable("The .npy file is cut off in its first ten bytes.");
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
        return parse(new String(file, begin, (int) length, StandardCharsets.ISO_8859_1), begin + (int) length);
    }

    private static NpyHeader parse(String text, int dataOffset) throws ImageFormatException {
        PythonLiterals literals = new PythonLiterals(text);
        Set<String> seen = new TreeSet<>();
        String descriptor = null;
        boolean fortran = false;
        List<Long> shape = null;
        literals.require('{');
        while (!literals.take('}')) {
            String key = literals.string();
            if (!seen.add(key)) {
                throw literals.malformed("it has '" + key + "' twice");
            }
            literals.require(':');
            switch (key) {
                case "descr" -> descriptor = descriptor(literals);
                case "fortran_order" -> fortran = literals.bool();
                case "shape" -> shape = literals.integers();
                default -> throw literals.malformed("it has '" + key + "' beside descr, fortran_order and shape");
            }
            if (!literals.take(',')) {
                literals.require('}');
                break;
            }
        }
        literals.requireEnd();
        if (seen.size() != 3) {
            throw literals.malformed("it must hold exactly descr, fortran_order and shape; it has " + seen);
        }
        if (shape.size() > MAX_DIMENSIONS) {
            throw ImageFormatException.wrongShape(
                    "The array has " + shape.size() + " dimensions; an image has two or three.");
        }
        return new NpyHeader(descriptor, fortran, shape, dataOffset);
    }

    private static String descriptor(PythonLiterals literals) throws ImageFormatException {
        if (literals.take('[')) {
            throw ImageFormatException.wrongShape(
                    "The .npy file holds a structured array; only plain numbers are read. "
                            + "Save one of its fields: np.save(f, a['name']).");
        }
        return literals.string();
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
