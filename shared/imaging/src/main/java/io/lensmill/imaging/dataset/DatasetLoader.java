package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException.Reason;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Brings one dataset into memory, or onto the local disk. */
final class DatasetLoader {

    /** Small objects are fetched one by one: the requests wait for the network, not for the processor. */
    private static final ParallelWork DOWNLOADS = new ParallelWork(8);

    private final ObjectStore store;
    private final Optional<DatasetCache> cache;
    private final DatasetIndex index;
    private final Optional<Manifest> manifest;

    DatasetLoader(ObjectStore store, Optional<DatasetCache> cache, DatasetIndex index, Optional<Manifest> manifest) {
        this.store = store;
        this.cache = cache;
        this.index = index;
        this.manifest = manifest;
    }

    /** The set in memory. */
    Dataset load(Preprocessing preprocessing, int size, Progress progress) throws DatasetException, IOException {
        Optional<PixelFile> kept = kept(preprocessing, size, progress);
        if (kept.isPresent()) {
            return dataset(List.copyOf(kept.get().images()), manifest.get().sha256());
        }
        FloatImage[] images = new FloatImage[index.files().size()];
        String sha256 = download(preprocessing, size, (i, image) -> images[i] = image, progress);
        if (cache.isPresent() && manifest.isPresent()) {
            cache.get().keep(manifest.get(), preprocessing, size, Arrays.asList(images));
        }
        return dataset(Arrays.asList(images), sha256);
    }

    /** The set on the local disk, each image read when it is asked for. */
    Dataset stream(Preprocessing preprocessing, int size, Progress progress) throws DatasetException, IOException {
        Optional<PixelFile> kept = kept(preprocessing, size, progress);
        if (kept.isPresent()) {
            return dataset(kept.get().images(), manifest.get().sha256());
        }
        Path directory = cache.isPresent()
                ? Files.createDirectories(cache.get().directory())
                : Path.of(System.getProperty("java.io.tmpdir"));
        requireDisk(directory, size);
        Path part = Files.createTempFile(directory, "writing", ".part");
        try {
            PixelFile pixels = PixelFile.create(part, index.files().size(), size);
            String sha256 = download(preprocessing, size, pixels::write, progress);
            if (cache.isPresent() && manifest.isPresent()) {
                cache.get().keep(manifest.get(), preprocessing, size, part);
            }
            return dataset(pixels.images(), sha256);
        } finally {
            // An open file outlives its name: nothing is left behind, however this process ends.
            Files.deleteIfExists(part);
        }
    }

    private Optional<PixelFile> kept(Preprocessing preprocessing, int size, Progress progress) throws IOException {
        if (cache.isEmpty() || manifest.isEmpty()) {
            return Optional.empty();
        }
        Optional<PixelFile> kept = cache.get().find(manifest.get(), preprocessing, size);
        kept.ifPresent(
                file -> progress.report(index.files().size(), index.files().size()));
        return kept;
    }

    private void requireDisk(Path directory, int size) throws DatasetException, IOException {
        long needed = PixelFile.bytes(index.files().size(), size);
        long free = Files.getFileStore(directory).getUsableSpace();
        if (needed > free) {
            throw new DatasetException(
                    Reason.TOO_LARGE,
                    "The dataset '" + index.name() + "' needs " + (needed >> 20) + " MiB at " + size
                            + " px, more than the memory of this process; " + directory + " has only " + (free >> 20)
                            + " MiB. Give the process more memory (-Xmx), free disk space or choose a smaller size.");
        }
    }

    /** Takes the preprocessed images as they come, from several threads. */
    private interface Target {
        void accept(int index, FloatImage image) throws IOException;
    }

    /** @return SHA-256 of the set */
    private String download(Preprocessing preprocessing, int size, Target target, Progress progress)
            throws DatasetException, IOException {
        String[] hashes = new String[index.files().size()];
        try {
            DOWNLOADS.run(hashes.length, progress, i -> {
                DatasetFile file = index.files().get(i);
                byte[] content = fetch(file);
                hashes[i] = Sha256.hex(content);
                if (manifest.isPresent()) {
                    manifest.get().requireSameContent(file.path(), hashes[i]);
                }
                target.accept(i, prepared(file.path(), content, preprocessing, size));
            });
        } catch (ParallelWork.Failure e) {
            throw e.as(DatasetException.class);
        }
        return Manifest.sha256(named(hashes));
    }

    private byte[] fetch(DatasetFile file) throws DatasetException, IOException {
        ObjectKey key = ObjectKey.of(BucketLayout.datasetPrefix(index.name()) + file.path());
        try {
            return store.get(key, ImageLimits.DEFAULT.maxFileBytes());
        } catch (ObjectRefusedException e) {
            throw new DatasetException(
                    Reason.UNDECODABLE_IMAGE,
                    "The image '" + file.path() + "' of the dataset '" + index.name() + "' cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private FloatImage prepared(String path, byte[] content, Preprocessing preprocessing, int size)
            throws DatasetException {
        try {
            return preprocessing.applyWithInformation(preprocessing.decode(content, ImageLimits.DEFAULT), size);
        } catch (ImageFormatException e) {
            throw undecodable(index.name(), path, e);
        }
    }

    /** UNDECODABLE_IMAGE, naming the file. */
    static DatasetException undecodable(String dataset, String path, ImageFormatException cause) {
        return new DatasetException(
                Reason.UNDECODABLE_IMAGE,
                "The image '" + path + "' of the dataset '" + dataset + "' cannot be read: " + cause.getMessage(),
                cause);
    }

    private SortedMap<String, String> named(String[] hashes) {
        SortedMap<String, String> named = new TreeMap<>();
        for (int i = 0; i < hashes.length; i++) {
            named.put(index.files().get(i).path(), hashes[i]);
        }
        return named;
    }

    private Dataset dataset(List<FloatImage> images, String sha256) {
        return new Dataset(index.name(), split(images, false), split(images, true), sha256);
    }

    private Dataset.Split split(List<FloatImage> images, boolean validation) {
        List<DatasetFile> files = index.part(validation);
        int[] places = IntStream.range(0, images.size())
                .filter(i -> index.files().get(i).validation() == validation)
                .toArray();
        return new Dataset.Split(
                files.stream().map(DatasetFile::path).toList(),
                new ImageSelection(images, places),
                files.stream().mapToInt(DatasetFile::label).toArray());
    }
}
