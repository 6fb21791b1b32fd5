package io.lensmill.neural.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives blocks of memory their offsets so that blocks which are in use at the same time do not overlap: the largest
 * block first, each at the lowest offset that is free through its whole life.
 */
final class MemoryPlan {

    /** Offsets are multiples of this: a page, so that no two arrays share a cache line or a vector load. */
    private static final long ALIGNMENT = 4096;

    /**
     * @param bytes size
     * @param firstUse first step that uses it
     * @param lastUse last step that uses it
     */
    record Block(long bytes, int firstUse, int lastUse) {

        boolean meets(Block other) {
            return firstUse <= other.lastUse && other.firstUse <= lastUse;
        }
    }

    private final long[] offsets;
    private long total;

    MemoryPlan(List<Block> blocks) {
        this.offsets = new long[blocks.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.comparingLong((Integer i) -> blocks.get(i).bytes()).reversed());
        List<Integer> placed = new ArrayList<>();
        for (int i : order) {
            offsets[i] = lowestFree(blocks, i, placed);
            placed.add(i);
            placed.sort(Comparator.comparingLong(j -> offsets[j]));
            total = Math.max(total, offsets[i] + aligned(blocks.get(i).bytes()));
        }
    }

    /** Offset of the i-th block in bytes. */
    long offset(int i) {
        return offsets[i];
    }

    /** Bytes that all blocks need together. */
    long total() {
        return total;
    }

    private long lowestFree(List<Block> blocks, int block, List<Integer> placedByOffset) {
        long bytes = aligned(blocks.get(block).bytes());
        long offset = 0;
        for (int other : placedByOffset) {
            if (!blocks.get(block).meets(blocks.get(other))) {
                continue;
            }
            if (offset + bytes <= offsets[other]) {
                break;
            }
            offset = Math.max(offset, offsets[other] + aligned(blocks.get(other).bytes()));
        }
        return offset;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
