package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.simulation.LensClass;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A dataset, preprocessed; in memory, or read from the local disk image by image.
 *
 * @param name of the dataset
 * @param train images to learn from, by path
 * @param validation images held out, by path; may be empty
 * @param sha256 of the paths and the SHA-256 of every image file: equal sets have equal values, wherever they lie
 */
public record Dataset(String name, Split train, Split validation, String sha256) {

    /** Class names in the order of the labels: no, sphere, vort. */
    public List<String> classes() {
        return LensClass.labels();
    }

    /** The images of both parts, those to learn from first; a view. */
    public List<FloatImage> allImages() {
        return new AbstractList<>() {
            @Override
            public FloatImage get(int index) {
                int learnt = train.size();
                return index < learnt
                        ? train.images().get(index)
                        : validation.images().get(index - learnt);
            }

            @Override
            public int size() {
                return train.size() + validation.size();
            }
        };
    }

    /** Labels of {@link #allImages()}. */
    public int[] allLabels() {
        return IntStream.concat(Arrays.stream(train.labels()), Arrays.stream(validation.labels()))
                .toArray();
    }

    /**
     * One part of a set, in the order of its paths.
     *
     * @param paths below the dataset's prefix
     * @param images [size, size] each, in [0,1]; not copied, and perhaps on disk: get each once an epoch
     * @param labels number of the class among {@link Dataset#classes()}, or -1 without a class; not copied
     */
    public record Split(List<String> paths, List<FloatImage> images, int[] labels) {

        /** @throws IllegalArgumentException when the three do not go together */
        public Split {
            if (paths.size() != images.size() || images.size() != labels.length) {
                throw new IllegalArgumentException("A split needs as many paths and labels as images; got "
                        + paths.size() + " paths, " + images.size() + " images, " + labels.length + " labels");
            }
        }

        public int size() {
            return labels.length;
        }
    }
}
