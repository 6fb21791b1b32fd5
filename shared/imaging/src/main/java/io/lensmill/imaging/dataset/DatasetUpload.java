package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.Information;
import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException.Reason;
import io.lensmill.imaging.dataset.ImageFolder.Image;
import io.lensmill.imaging.format.ImageCodecs;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stores a folder as a dataset.
 *
 * <p>The manifest is written first, then the images: a reader who comes between, or after a crash, sees that images of
 * the manifest are missing. Written last, a half uploaded set would look like a whole one without a manifest.
 */
final class DatasetUpload {

    private static final ParallelWork UPLOADS = new ParallelWork(8);

    private final ObjectStore store;
    private final String name;
    private final String prefix;

    DatasetUpload(ObjectStore store, String name) {
        this.store = store;
        this.name = name;
        this.prefix = BucketLayout.datasetPrefix(name);
    }

    Manifest run(Path directory, Progress progress) throws DatasetException, IOException {
        ImageFolder folder = ImageFolder.of(directory);
        List<Image> images = folder.images();
        requireImages(directory, folder);
        Manifest manifest = describe(directory, images);
        store.put(ObjectKey.of(prefix + Manifest.OBJECT), manifest.toJson());
        removeOthers(images);
        // How a simulated set came about travels with it.
        for (String companion : folder.descriptions()) {
            if (!companion.equals(Manifest.OBJECT)) {
                store.put(ObjectKey.of(prefix + companion), directory.resolve(companion));
            }
        }
        // As bytes: a store's path for files is made for large ones and takes longer for these.
        UPLOADS.run(images.size(), progress, i -> {
            Image image = images.get(i);
            store.put(ObjectKey.of(prefix + image.name()), Files.readAllBytes(directory.resolve(image.path())));
        });
        return manifest;
    }

    /** At least one, and each in a folder that a dataset may have. */
    private static void requireImages(Path directory, ImageFolder folder) throws DatasetException {
        if (folder.images().isEmpty()) {
            String others = folder.leftOut(false);
            throw new DatasetException(
                    Reason.MISSING,
                    "There is no image file (.npy, .npz, .png, .fits) in " + directory
                            + (others.isEmpty() ? "" : ": " + others));
        }
        for (Image image : folder.images()) {
            DatasetFile.of(image.name(), 0);
        }
    }

    /** Reads every image, so that nothing is stored of a set that could not be loaded. */
    private Manifest describe(Path directory, List<Image> images) throws DatasetException, IOException {
        SortedMap<String, String> hashes = Collections.synchronizedSortedMap(new TreeMap<>());
        SortedMap<String, Long> shapes = Collections.synchronizedSortedMap(new TreeMap<>());
        try {
            UPLOADS.run(images.size(), Progress.NONE, i -> {
                String path = images.get(i).path();
                byte[] content = read(directory.resolve(path), path);
                FloatImage image = decode(path, content);
                hashes.put(images.get(i).name(), Sha256.hex(content));
                shapes.merge(image.height() + " x " + image.width(), 1L, Long::sum);
            });
        } catch (ParallelWork.Failure e) {
            throw e.as(DatasetException.class);
        }
        return Manifest.of(name, new TreeMap<>(hashes), new TreeMap<>(shapes));
    }

    /**
     * Missing pixels are no reason to refuse a set here: it depends on the preprocessing that a model is trained with.
     */
    private FloatImage decode(String path, byte[] content) throws DatasetException {
        try {
            return Information.require(ImageCodecs.decodeWithGaps(content, ImageLimits.DEFAULT));
        } catch (ImageFormatException e) {
            throw DatasetLoader.undecodable(name, path, e);
        }
    }

    private byte[] read(Path file, String path) throws DatasetException, IOException {
        if (Files.size(file) > ImageLimits.DEFAULT.maxFileBytes()) {
            throw new DatasetException(Reason.UNDECODABLE_IMAGE, "The image '" + path + "' is too large a file");
        }
        return Files.readAllBytes(file);
    }

    private void removeOthers(List<Image> images) throws IOException {
        Set<String> kept = new HashSet<>();
        images.forEach(image -> kept.add(image.name()));
        kept.add(Manifest.OBJECT);
        for (ObjectEntry entry : store.list(prefix)) {
            if (!kept.contains(entry.key().value().substring(prefix.length()))) {
                store.delete(entry.key());
            }
        }
    }
}
