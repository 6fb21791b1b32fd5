package io.lensmill.imaging;

/** Reads an image file of any supported format. */
public final class ImageCodecs {

    private ImageCodecs() {}

    /**
     * Reads one grey image; the format is recognised by the first bytes of the file, never by a name.
     *
     * @throws ImageFormatException when the file is no such image; nothing else is thrown, whatever the bytes
     */
    public static FloatImage decode(byte[] file, ImageLimits limits) throws ImageFormatException {
        limits.checkFile(file.length);
        ImageFormat format = ImageFormat.of(file)
                .orElseThrow(() -> ImageFormatException.undecodable(
                        "The file is none of .npy, FITS (also gzip), PNG: " + beginning(file) + "."));
        return switch (format) {
            case NPY -> NpyCodec.decode(file, limits);
            case PNG -> PngCodec.decode(file, limits);
            case FITS -> FitsCodec.decode(file, limits);
            case FITS_GZIP -> FitsCodec.decodeGzip(file, limits);
        };
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
