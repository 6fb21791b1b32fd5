package io.lensmill.imaging.format;

import io.lensmill.imaging.Finite;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.util.Optional;

/** Reads an image file of any supported format. */
public final class ImageCodecs {

    private ImageCodecs() {}

    /**
     * Reads one grey image; the format is recognised by the first bytes of the file, never by a name.
     *
     * @throws ImageFormatException when the file is no such image, or has a pixel that is not finite; nothing else is
     *     thrown, whatever the bytes
     */
    public static FloatImage decode(byte[] file, ImageLimits limits) throws ImageFormatException {
        return Finite.require(read(file, limits));
    }

    /**
     * As {@link #decode}, but NaN is taken for a missing pixel and stays in the image: cutouts of surveys have them at
     * their edges. The preprocessing says what becomes of them.
     *
     * @throws ImageFormatException as of {@link #decode}; NOT_FINITE for infinity, NO_INFORMATION when half of the
     * pixels
     *     or more are missing
     */
    public static FloatImage decodeWithGaps(byte[] file, ImageLimits limits) throws ImageFormatException {
        return Finite.requireHalf(read(file, limits));
    }

    /**
     * As {@link #decodeWithGaps}, one array of several in a {@code .npz} file.
     *
     * @param array its name in the file, with or without {@code .npy}
     * @throws ImageFormatException also when the file is no .npz, or has no such array; the message lists the names
     */
    public static FloatImage decodeArray(byte[] file, String array, ImageLimits limits) throws ImageFormatException {
        if (FileFormat.of(file).orElse(null) != FileFormat.NPZ) {
            throw ImageFormatException.undecodable("Only .npz files have named arrays; " + beginning(file) + ".");
        }
        return Finite.requireHalf(NpzCodec.read(file, Optional.of(array), limits));
    }

    private static FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        FileFormat format = FileFormat.of(file)
                .orElseThrow(() -> ImageFormatException.undecodable(
                        "The file is none of " + FileFormat.listed() + ": " + beginning(file) + "."));
        return format.read(file, limits);
    }

    private static String beginning(byte[] file) {
        if (file.length == 0) {
            return "it is empty";
        }
        StringBuilder text = new StringBuilder("it begins with the bytes");
        for (int i = 0; i < Math.min(8, file.length); i++) {
            text.append(String.format(" %02x", file[i]));
        }
        return text.toString();
    }
}
