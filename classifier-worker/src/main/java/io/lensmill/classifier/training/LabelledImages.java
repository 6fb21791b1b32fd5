package io.lensmill.classifier.training;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.dataset.DatasetFile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Further images with labels, few as they may be, that are learned beside those of the dataset.
 *
 * @param images prepared as those of the dataset
 * @param labels class of each, from 0
 * @param byClass places of the images of each class that has any
 */
record LabelledImages(List<FloatImage> images, int[] labels, int[][] byClass) {

    /**
     * All images of both parts of a set, but for those without a class.
     *
     * @throws IllegalArgumentException when none has a class
     */
    static LabelledImages of(Dataset data) {
        int[] all = data.allLabels();
        int[] places = IntStream.range(0, all.length)
                .filter(i -> all[i] != DatasetFile.UNLABELLED)
                .toArray();
        if (places.length == 0) {
            throw new IllegalArgumentException("The dataset '" + data.name() + "' has no image with a class");
        }
        List<FloatImage> images =
                Arrays.stream(places).mapToObj(data.allImages()::get).toList();
        int[] labels = Arrays.stream(places).map(i -> all[i]).toArray();
        int[][] byClass = Arrays.stream(labels)
                .distinct()
                .sorted()
                .mapToObj(label -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == label)
                        .toArray())
                .toArray(int[][]::new);
        return new LabelledImages(images, labels, byClass);
    }
}
