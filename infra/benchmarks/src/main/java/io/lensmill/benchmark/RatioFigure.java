package io.lensmill.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One round of a benchmark that sets a worker's speed against that of the network alone. */
public interface RatioFigure {

    /** The part of the network's speed that is kept. */
    double ratio();

    /** One line of JSON. */
    String toJson();

    /** A row of a table. */
    String toRow(String round);

    /** The round in the middle, by the ratio. */
    static <F extends RatioFigure> F median(List<F> rounds) {
        List<F> sorted = new ArrayList<>(rounds);
        sorted.sort(Comparator.comparingDouble(RatioFigure::ratio));
        return sorted.get(sorted.size() / 2);
    }
}
