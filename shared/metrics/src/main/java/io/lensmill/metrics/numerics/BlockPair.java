package io.lensmill.metrics.numerics;

import java.util.ArrayList;
import java.util.List;

/**
 * Two slices of rows, see {@link Blocks}.
 *
 * @param left place of the first slice
 * @param right place of the other
 */
public record BlockPair(int left, int right) {

    /** All pairs of the slices of one set, each with itself too, left up to right. */
    public static List<BlockPair> ofOneSet(int blocks) {
        List<BlockPair> pairs = new ArrayList<>(blocks * (blocks + 1) / 2);
        for (int left = 0; left < blocks; left++) {
            for (int right = left; right < blocks; right++) {
                pairs.add(new BlockPair(left, right));
            }
        }
        return pairs;
    }

    public boolean isDiagonal() {
        return left == right;
    }
}
