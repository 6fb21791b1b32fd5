package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.NpyCodec;
import io.lensmill.imaging.Preprocessing;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Preprocessed datasets in a local folder: one {@code .npy} of [n, size, size] for each set, preprocessing and size. Only
 * sets with a manifest are kept, since only their content is known before it is downloaded. The folder may be emptied
 * at any time.
 */
final class DatasetCache {

    private final Path directory;

    DatasetCache(Path directory) {
        this.directory = directory;
    }

    /** The images of a set in the order of their paths, or empty when they are not here or the file is damaged. */
    Optional<List<FloatImage>> find(Manifest manifest, Preprocessing preprocessing, int size) throws IOException {
        Path file = file(manifest, preprocessing, size);
        int count = manifest.files().size();
        byte[] header = NpyCodec.header(count, size, size);
        if (!Files.isRegularFile(file) || Files.size(file) != header.length + 4L * count * size * size) {
            return Optional.empty();
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            if (!Arrays.equals(header, stream.readNBytes(header.length))) {
                return Optional.empty();
            }
            return Optional.of(read(new DataInputStream(stream), count, size));
        }
    }

    /** Keeps a set; a reader sees the whole file or none. */
    void keep(Manifest manifest, Preprocessing preprocessing, int size, List<FloatImage> images) throws IOException {
        Files.createDirectories(directory);
        Path file = file(manifest, preprocessing, size);
        Path part = Files.createTempFile(directory, "writing", ".part");
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
            output.write(NpyCodec.header(images.size(), size, size));
            ByteBuffer bytes = ByteBuffer.allocate(4 * size * size).order(ByteOrder.LITTLE_ENDIAN);
            for (FloatImage image : images) {
                bytes.asFloatBuffer().put(image.pixels());
                output.write(bytes.array());
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<FloatImage> read(DataInputStream input, int count, int size) throws IOException {
        byte[] bytes = new byte[4 * size * size];
        List<FloatImage> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            input.readFully(bytes);
            float[] pixels = new float[size * size];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(pixels);
            images.add(new FloatImage(size, size, pixels));
        }
        return images;
    }

    private Path file(Manifest manifest, Preprocessing preprocessing, int size) {
        return directory.resolve(manifest.sha256() + "-" + preprocessing.id() + "-" + size + ".npy");
    }
}
