package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.preprocessing.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Preprocessed datasets in a local folder: one {@code .npy} of [n, size, size] for each set, preprocessing and size.
 * Only sets with a manifest are kept, since only their content is known before it is downloaded. The folder may be
 * emptied at any time.
 */
final class DatasetCache {

    private final Path directory;

    DatasetCache(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** The images of a set in the order of their paths, or empty when they are not here or the file is damaged. */
    Optional<PixelFile> find(Manifest manifest, Preprocessing preprocessing, int size) throws IOException {
        Path file = file(manifest, preprocessing, size);
        int count = manifest.files().size();
        if (!Files.isRegularFile(file) || Files.size(file) != PixelFile.bytes(count, size)) {
            return Optional.empty();
        }
        byte[] header = NpyCodec.header(count, size, size);
        try (InputStream stream = Files.newInputStream(file)) {
            if (!Arrays.equals(header, stream.readNBytes(header.length))) {
                return Optional.empty();
            }
        }
        return Optional.of(PixelFile.open(file, count, size));
    }

    /** Keeps a set; a reader sees the whole file or none. */
    void keep(Manifest manifest, Preprocessing preprocessing, int size, List<FloatImage> images) throws IOException {
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "writing", ".part");
        PixelFile file = PixelFile.create(part, images.size(), size);
        for (int i = 0; i < images.size(); i++) {
            file.write(i, images.get(i));
        }
        keep(manifest, preprocessing, size, part);
    }

    /** Keeps a file that was written in this folder under the set's name. */
    void keep(Manifest manifest, Preprocessing preprocessing, int size, Path written) throws IOException {
        Files.move(
                written,
                file(manifest, preprocessing, size),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(Manifest manifest, Preprocessing preprocessing, int size) {
        return directory.resolve(manifest.sha256() + "-" + preprocessing.id() + "-" + size + ".npy");
    }
}
