package io.lensmill.imaging.dataset;

import io.lensmill.imaging.simulation.LensClass;
import java.util.List;

/**
 * What a dataset holds, from the listing of its objects alone: nothing is downloaded.
 *
 * @param name of the dataset
 * @param files the images, by path
 */
public record DatasetIndex(String name, List<DatasetFile> files) {

    public DatasetIndex {
        files = List.copyOf(files);
    }

    /** Images for training, or those for validation. */
    public List<DatasetFile> part(boolean validation) {
        return files.stream().filter(file -> file.validation() == validation).toList();
    }

    /** Images of a class in one part of the set. */
    public long count(LensClass lensClass, boolean validation) {
        return part(validation).stream()
                .filter(file -> file.label() == lensClass.number())
                .count();
    }

    /**
     * Checks that a classifier can learn from this set: every class has images in both parts, and every image a class.
     *
     * @return this
     * @throws DatasetException CLASS_MISSING, saying which
     */
    public DatasetIndex requireClasses() throws DatasetException {
        for (boolean validation : new boolean[] {false, true}) {
            for (LensClass lensClass : LensClass.values()) {
                if (count(lensClass, validation) == 0) {
                    throw new DatasetException(DatasetException.Reason.CLASS_MISSING, noneOf(lensClass, validation));
                }
            }
        }
        long outside = files.stream().filter(file -> file.lensClass().isEmpty()).count();
        if (outside > 0) {
            throw new DatasetException(
                    DatasetException.Reason.CLASS_MISSING,
                    "The dataset '" + name + "' has " + outside
                            + " images outside the class folders; to train a classifier each needs a class.");
        }
        return this;
    }

    /**
     * Checks that there are images of every class, in whichever part; images without a class may be among them.
     *
     * @throws DatasetException CLASS_MISSING, saying which
     */
    public void requireSomeOfEveryClass() throws DatasetException {
        for (LensClass lensClass : LensClass.values()) {
            if (count(lensClass, false) + count(lensClass, true) == 0) {
                throw new DatasetException(DatasetException.Reason.CLASS_MISSING, noneOf(lensClass, false));
            }
        }
    }

    private String noneOf(LensClass lensClass, boolean validation) {
        return "The dataset '" + name + "' has no images of class '" + lensClass.label() + "' in "
                + (validation ? "val" : "train") + " (folders named " + String.join(" or ", lensClass.names())
                + "); it has " + described(false) + " in train and " + described(true) + " in val.";
    }

    private String described(boolean validation) {
        StringBuilder text = new StringBuilder();
        for (LensClass lensClass : LensClass.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(count(lensClass, validation))
                    .append(' ')
                    .append(lensClass.label());
        }
        return text.toString();
    }
}
