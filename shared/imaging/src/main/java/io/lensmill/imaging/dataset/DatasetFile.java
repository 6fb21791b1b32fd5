package io.lensmill.imaging.dataset;

import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.simulation.LensClass;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One image file of a dataset, as its path says.
 *
 * @param path below the dataset's prefix, e.g. {@code train/no/00001.npy}
 * @param sizeBytes of the file
 * @param validation true when the path begins with a validation folder; everything else trains
 * @param lensClass by the folder's name; empty when the file lies in no class folder
 */
public record DatasetFile(String path, long sizeBytes, boolean validation, Optional<LensClass> lensClass) {

    private static final Set<String> TRAINING = Set.of("train", "training");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

    /** Label of an image without a class. */
    public static final int UNLABELLED = -1;

    /** The class's number among the class scores, or {@link #UNLABELLED}. */
    public int label() {
        return lensClass.map(LensClass::number).orElse(UNLABELLED);
    }

    /**
     * Reads a path; empty when its ending is no image's, such as manifest.json, or it is one of {@link SystemFiles}.
     *
     * @throws DatasetException CLASS_MISSING when a folder's name is neither a class nor a part of the set
     */
    static Optional<DatasetFile> of(String path, long sizeBytes) throws DatasetException {
        if (!FileFormat.isNameOfImage(path) || SystemFiles.contain(path)) {
            return Optional.empty();
        }
        String[] parts = path.split("/", -1);
        boolean validation = false;
        Optional<LensClass> lensClass = Optional.empty();
        for (int i = 0; i < parts.length - 1; i++) {
            String folder = parts[i].toLowerCase(Locale.ROOT);
            if (i == 0 && (TRAINING.contains(folder) || VALIDATION.contains(folder))) {
                validation = VALIDATION.contains(folder);
            } else if (lensClass.isEmpty() && LensClass.of(folder).isPresent()) {
                lensClass = LensClass.of(folder);
            } else {
                throw unknownFolder(path, parts[i]);
            }
        }
        return Optional.of(new DatasetFile(path, sizeBytes, validation, lensClass));
    }

    private static DatasetException unknownFolder(String path, String folder) {
        StringBuilder classes = new StringBuilder();
        for (LensClass lensClass : LensClass.values()) {
            classes.append(classes.isEmpty() ? "" : "; ").append(String.join(" or ", lensClass.names()));
        }
        return new DatasetException(
                DatasetException.Reason.CLASS_MISSING,
                "The folder '" + folder + "' of '" + path + "' is no class. Class folders are " + classes
                        + "; they may lie in train and val. Images without a class lie in no folder.");
    }
}
