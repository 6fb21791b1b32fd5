package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.Preprocessing;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException.Reason;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings one dataset into memory. */
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

    Dataset load(Preprocessing preprocessing, int size, Progress progress) throws DatasetException, IOException {
        if (cache.isPresent() && manifest.isPresent()) {
            Optional<List<FloatImage>> kept = cache.get().find(manifest.get(), preprocessing, size);
            if (kept.isPresent()) {
                progress.report(index.files().size(), index.files().size());
                return dataset(kept.get(), manifest.get().sha256());
            }
        }
        FloatImage[] images = new FloatImage[index.files().size()];
        String[] hashes = new String[images.length];
        download(preprocessing, size, images, hashes, progress);
        if (cache.isPresent() && manifest.isPresent()) {
            cache.get().keep(manifest.get(), preprocessing, size, Arrays.asList(images));
        }
        return dataset(Arrays.asList(images), Manifest.sha256(named(hashes)));
    }

    private void download(
            Preprocessing preprocessing, int size, FloatImage[] images, String[] hashes, Progress progress)
            throws DatasetException, IOException {
        try {
            DOWNLOADS.run(images.length, progress, i -> {
                DatasetFile file = index.files().get(i);
                byte[] content = fetch(file);
                hashes[i] = Sha256.hex(content);
                if (manifest.isPresent()) {
                    manifest.get().requireSameContent(file.path(), hashes[i]);
                }
                images[i] = preprocessing.apply(decode(file.path(), content, preprocessing), size);
            });
        } catch (ParallelWork.Failure e) {
            throw e.as(DatasetException.class);
        }
    }

    private byte[] fetch(DatasetFile file) throws IOException {
        ObjectKey key = ObjectKey.of(BucketLayout.datasetPrefix(index.name()) + file.path());
        return store.get(key, ImageLimits.DEFAULT.maxFileBytes());
    }

    private FloatImage decode(String path, byte[] content, Preprocessing preprocessing) throws DatasetException {
        try {
            return preprocessing.decode(content, ImageLimits.DEFAULT);
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
        List<String> paths = new ArrayList<>();
        List<FloatImage> chosen = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (index.files().get(i).validation() == validation) {
                paths.add(index.files().get(i).path());
                chosen.add(images.get(i));
            }
        }
        int[] labels =
                index.part(validation).stream().mapToInt(DatasetFile::label).toArray();
        return new Dataset.Split(paths, chosen, labels);
    }
}
