package io.lensmill.imaging.format;

import java.util.List;

/**
 * An array of numbers of any shape, such as labels or embeddings.
 *
 * @param shape the dimensions, outermost first
 * @param wholeNumbers whether the file holds integers
 * @param values the elements in C order (the last dimension varies fastest), in double; integers are exact up to 2^53.
 *     May hold NaN and infinities. Not to be changed
 */
public record NpyArray(List<Integer> shape, boolean wholeNumbers, double[] values) {}
