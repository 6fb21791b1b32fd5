package io.lensmill.imaging.dataset;

import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException.Reason;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Datasets in the object store: {@code datasets/<name>/{train,val}/{no,sphere,vort}/<file>}, as {@code mc mirror},
 * {@code aws s3 sync} or {@link #upload} write them. README.md names the folder names that are understood.
 */
public final class DatasetRepository {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int MAX_MANIFEST_BYTES = 256 << 20;
    private static final int NAMES_IN_MESSAGE = 20;

    private final ObjectStore store;
    private final Optional<DatasetCache> cache;
    private final long memoryBytes;

    /** Downloads every set each time it is loaded. */
    public DatasetRepository(ObjectStore store) {
        this(store, Optional.empty(), mostMemory());
    }

    /** Keeps preprocessed sets that have a manifest in a local folder, which may be emptied at any time. */
    public DatasetRepository(ObjectStore store, Path cache) {
        this(store, Optional.of(cache), mostMemory());
    }

    /** @param memoryBytes larger sets are read from the local disk */
    DatasetRepository(ObjectStore store, Optional<Path> cache, long memoryBytes) {
        this.store = store;
        this.cache = cache.map(DatasetCache::new);
        this.memoryBytes = memoryBytes;
    }

    /** What the set holds; downloads nothing but a listing. */
    public DatasetIndex index(String name) throws DatasetException, IOException {
        String prefix = BucketLayout.datasetPrefix(requireName(name));
        List<DatasetFile> files = new ArrayList<>();
        for (ObjectEntry entry : store.list(prefix)) {
            DatasetFile.of(entry.key().value().substring(prefix.length()), entry.sizeBytes())
                    .ifPresent(files::add);
        }
        if (files.isEmpty()) {
            throw missing(name, prefix);
        }
        return new DatasetIndex(name, files);
    }

    /** As {@link #load(String, Preprocessing, int, Progress)}, watched by nobody. */
    public Dataset load(String name, Preprocessing preprocessing, int size) throws DatasetException, IOException {
        return load(name, preprocessing, size, Progress.NONE);
    }

    /**
     * The whole set, downloaded once: in memory, or on the local disk when it is larger than seven tenths of the memory
     * of this process. Classes may be missing, also all of them: see {@link DatasetIndex#requireClasses()}.
     *
     * @param size side of the preprocessed images in pixels
     * @throws DatasetException when there is no such set, an image cannot be read, the objects are not those of the
     *     manifest, or neither memory nor disk hold the set
     */
    public Dataset load(String name, Preprocessing preprocessing, int size, Progress progress)
            throws DatasetException, IOException {
        DatasetIndex index = index(name);
        Optional<Manifest> manifest = manifest(name);
        if (manifest.isPresent()) {
            manifest.get().requireSameFiles(index);
        }
        DatasetLoader loader = new DatasetLoader(store, cache, index, manifest);
        boolean inMemory = 4L * size * size * index.files().size() <= memoryBytes;
        return inMemory ? loader.load(preprocessing, size, progress) : loader.stream(preprocessing, size, progress);
    }

    /**
     * Stores a folder as a dataset, in place of one of the same name. Every image is read before the first is stored.
     *
     * @return the manifest that stands beside the images
     * @throws DatasetException when the name, a folder or an image cannot be used
     */
    public Manifest upload(Path directory, String name, Progress progress) throws DatasetException, IOException {
        return new DatasetUpload(store, requireName(name)).run(directory, progress);
    }

    /** Names of the datasets in the store. */
    public List<String> names() throws IOException {
        String root = BucketLayout.datasetPrefix("").replaceAll("/+$", "/");
        return store.list(root).stream()
                .map(entry -> entry.key().value().substring(root.length()))
                .filter(path -> path.contains("/"))
                .map(path -> path.substring(0, path.indexOf('/')))
                .distinct()
                .toList();
    }

    private Optional<Manifest> manifest(String name) throws DatasetException, IOException {
        ObjectKey key = ObjectKey.of(BucketLayout.datasetPrefix(name) + Manifest.OBJECT);
        try {
            return Optional.of(Manifest.parse(name, store.get(key, MAX_MANIFEST_BYTES)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        } catch (ObjectRefusedException e) {
            throw new DatasetException(
                    Reason.NOT_AS_IN_MANIFEST,
                    "The manifest of the dataset '" + name + "' cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static String requireName(String name) throws DatasetException {
        if (name == null || !NAME.matcher(name).matches() || name.contains("..")) {
            throw new DatasetException(
                    Reason.BAD_NAME,
                    "A dataset's name must be 1 to 128 of [A-Za-z0-9._-] without '..' and begin with a letter or digit;"
                            + " got '" + String.valueOf(name).replaceAll("[\\p{Cntrl}]", "?") + "'.");
        }
        return name;
    }

    /** Part of the memory that a set may take; the rest is for the network. */
    private static long mostMemory() {
        return Runtime.getRuntime().maxMemory() / 10 * 7;
    }

    private DatasetException missing(String name, String prefix) throws IOException {
        List<String> names = names();
        String existing = names.isEmpty()
                ? "there are none"
                : String.join(", ", names.subList(0, Math.min(NAMES_IN_MESSAGE, names.size())))
                        + (names.size() > NAMES_IN_MESSAGE
                                ? " and " + (names.size() - NAMES_IN_MESSAGE) + " more"
                                : "");
        return new DatasetException(
                Reason.MISSING,
                "There is no image under '" + prefix + "', so no dataset '" + name + "'. Datasets in the store: "
                        + existing + ".");
    }
}
