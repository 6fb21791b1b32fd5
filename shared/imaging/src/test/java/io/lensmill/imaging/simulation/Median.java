package io.lensmill.imaging.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The median of one number of many things. */
final class Median {

    private Median() {}

    static <T> double of(List<T> things, ToDoubleFunction<T> number) {
        double[] sorted = things.stream().mapToDouble(number).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
