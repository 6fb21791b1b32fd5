package io.lensmill.imaging.format;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * NumPy's {@code .npz} files: a zip archive of {@code .npy} files, stored or deflated. The archive is read twice: first
 * the headers of its arrays, then the one that is wanted, with as many bytes as its checked header says.
 */
final class NpzCodec {

    /** More than any header with its prefix. */
    private static final int HEADER_BYTES = 10_012;

    private static final int MAX_ENTRIES = 1000;
    private static final int NAMES_IN_MESSAGE = 20;
    private static final String ENDING = ".npy";

    private NpzCodec() {}

    /** The only image of an archive. */
    static FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        return read(file, Optional.empty(), limits);
    }

    /**
     * Reads one array as one image.
     *
     * @param array name of the array; empty for the only one that is an image: two-dimensional, or with a third
     *     dimension of length 1
     * @throws ImageFormatException when the file is damaged or beyond the limits, also inflated; when no array, or more
     *     than one, fits: the message lists the names
     */
    static FloatImage read(byte[] file, Optional<String> array, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        try {
            Map<String, NpyHeader> headers = headers(file, limits);
            String wanted = array.isPresent() ? named(array.get(), headers) : only(headers);
            return NpyCodec.read(content(file, wanted, headers.get(wanted), limits), limits);
        } catch (IOException | RuntimeException e) {
            // The zip reader answers damaged extra fields and names with unchecked exceptions.
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "The .npz file is damaged or cut off.", e);
        }
    }

    /** Headers of the arrays by name; an array whose header cannot be read has none. */
    private static Map<String, NpyHeader> headers(byte[] file, ImageLimits limits)
            throws ImageFormatException, IOException {
        Map<String, NpyHeader> headers = new LinkedHashMap<>();
        long inflated = 0;
        long most = Expansion.mostBytes(file.length, limits);
        byte[] rest = new byte[8192];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw ImageFormatException.tooLarge("The .npz file has more than " + MAX_ENTRIES + " entries.");
                }
                byte[] beginning = zip.readNBytes(HEADER_BYTES);
                if (headers.containsKey(entry.getName())) {
                    throw ImageFormatException.undecodable(
                            "The .npz file has two arrays of one name, so that it does not say which of "
                                    + "them is meant.");
                }
                if (entry.getName().endsWith(ENDING)) {
                    headers.put(entry.getName(), header(beginning));
                }
                inflated += beginning.length;
                // What is skipped is inflated too: a small file may hold hours of zeros.
                for (int read = zip.read(rest); read >= 0; read = zip.read(rest)) {
                    inflated += read;
                    if (inflated > most) {
                        throw ImageFormatException.tooLarge("The .npz file inflates to more than " + most
                                + " bytes, the most that is accepted of " + file.length + ".");
                    }
                }
            }
        }
        return headers;
    }

    private static NpyHeader header(byte[] beginning) {
        try {
            return NpyHeader.parse(beginning);
        } catch (ImageFormatException e) {
            return null;
        }
    }

    private static String named(String name, Map<String, NpyHeader> headers) throws ImageFormatException {
        String entry = name.endsWith(ENDING) ? name : name + ENDING;
        if (!headers.containsKey(entry)) {
            throw ImageFormatException.wrongShape(
                    "The .npz file has no array '" + name + "'; it has " + described(headers) + ".");
        }
        return entry;
    }

    private static String only(Map<String, NpyHeader> headers) throws ImageFormatException {
        // A file with one array is judged by the array's own decoder, which gives the better reason.
        List<String> images = new ArrayList<>(headers.keySet());
        if (images.size() > 1) {
            images.removeIf(name -> !isImage(headers.get(name)));
        }
        if (images.size() != 1) {
            throw ImageFormatException.wrongShape("The .npz file must hold one image, or the array be named; it has "
                    + images.size() + " images among " + described(headers) + ".");
        }
        return images.get(0);
    }

    private static boolean isImage(NpyHeader header) {
        try {
            return header != null && NpyCodec.sides(header.shape()) != null;
        } catch (ImageFormatException e) {
            return false;
        }
    }

    private static byte[] content(byte[] file, String wanted, NpyHeader header, ImageLimits limits)
            throws ImageFormatException, IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().equals(wanted)) {
                entry = zip.getNextEntry();
            }
            return header == null ? zip.readNBytes(HEADER_BYTES) : zip.readNBytes(bytes(header, limits));
        }
    }

    /** One byte more than the header says, so that the decoder sees when there are more. */
    private static int bytes(NpyHeader header, ImageLimits limits) throws ImageFormatException {
        NpyType type = NpyType.of(header.descriptor());
        List<Long> sides = NpyCodec.sides(header.shape());
        limits.checkSides(sides.get(0), sides.get(1));
        long bytes = header.dataOffset() + sides.get(0) * sides.get(1) * type.bytes();
        limits.checkFile(bytes);
        return (int) bytes + 1;
    }

    private static String described(Map<String, NpyHeader> headers) {
        if (headers.isEmpty()) {
            return "no array";
        }
        List<String> arrays = new ArrayList<>();
        headers.forEach((name, header) -> arrays.add("'"
                + name.substring(0, name.length() - ENDING.length()).replaceAll("\\p{Cntrl}", "?") + "' "
                + (header == null ? "(unreadable)" : header.shape())));
        String rest = arrays.size() > NAMES_IN_MESSAGE ? " and " + (arrays.size() - NAMES_IN_MESSAGE) + " more" : "";
        return String.join(", ", arrays.subList(0, Math.min(NAMES_IN_MESSAGE, arrays.size()))) + rest;
    }
}
