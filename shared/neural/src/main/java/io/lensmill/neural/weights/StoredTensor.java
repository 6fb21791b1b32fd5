package io.lensmill.neural.weights;

import java.util.Arrays;

/**
 * Where a tensor stands in a safetensors file, as its header says and the file confirms.
 *
 * @param name as the file has it
 * @param type of its numbers
 * @param shape sizes, outermost first; their product fits an int
 * @param from offset of its first byte behind the header
 * @param to offset behind its last byte
 */
public record StoredTensor(String name, ElementType type, int[] shape, int from, int to) {

    /** Number of its values. */
    public int size() {
        int size = 1;
        for (int edge : shape) {
            size *= edge;
        }
        return size;
    }

    /** For example {@code F16 [64, 1, 7, 7]}. */
    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
