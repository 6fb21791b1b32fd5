package io.lensmill.classifier.training;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.jobs.JobContext;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.List;

/** The datasets, asked for as a training job needs them. */
final class DatasetSource {

    private final DatasetRepository repository;

    DatasetSource(ObjectStore store) {
        this.repository = new DatasetRepository(store);
    }

    /**
     * Looks whether a classifier can be trained on the dataset, without reading the images.
     *
     * @return its class names in the order of the labels
     * @throws RefusedException UNKNOWN_DATASET when there is none, or it lacks a class in train or val
     */
    List<String> check(String name) throws RefusedException, IOException {
        try {
            repository.index(name).requireClasses();
            return LensClass.labels();
        } catch (DatasetException e) {
            throw new RefusedException(RefusalCode.UNKNOWN_DATASET, e.getMessage(), e);
        }
    }

    /**
     * Reads and prepares all images.
     *
     * @throws DatasetException when an image or the manifest is at fault; asking again would not help
     */
    Dataset load(String name, TrainingSettings settings, JobContext context) throws Exception {
        Loaded loaded = context.insist("reading the dataset", () -> loadOnce(name, settings));
        if (loaded.fault() != null) {
            throw loaded.fault();
        }
        return loaded.dataset();
    }

    private Loaded loadOnce(String name, TrainingSettings settings) throws IOException {
        try {
            return new Loaded(repository.load(name, settings.preprocessing(), settings.imageSize()), null);
        } catch (DatasetException e) {
            return new Loaded(null, e);
        }
    }

    /** A dataset, or what is wrong with it for good. */
    private record Loaded(Dataset dataset, DatasetException fault) {}
}
