package io.lensmill.classifier.training;

import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetIndex;
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
     * Looks whether there are images beside those of the dataset.
     *
     * @param field of the request, for the refusal
     * @param name of a dataset, or null for none
     * @param classes whether at least one of the images needs a class
     * @throws RefusedException UNKNOWN_DATASET when there is none, or no image of it has a class
     */
    void checkFurther(String field, String name, boolean classes) throws RefusedException, IOException {
        if (name == null) {
            return;
        }
        Names.requireId(field, name);
        try {
            DatasetIndex index = repository.index(name);
            if (classes
                    && index.files().stream().allMatch(file -> file.lensClass().isEmpty())) {
                throw new RefusedException(
                        RefusalCode.UNKNOWN_DATASET,
                        field + ": none of the " + index.files().size() + " images of '" + name
                                + "' lies in a class folder (" + String.join(", ", LensClass.labels()) + ").");
            }
        } catch (DatasetException e) {
            throw new RefusedException(RefusalCode.UNKNOWN_DATASET, field + ": " + e.getMessage(), e);
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
