package io.lensmill.neural.host;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Loops over the rows of matrices in pieces that fit the first-level cache, on the engine's threads. How rows are cut
 * into pieces depends on the shape alone, and every sum over pieces is taken in their order, so results do not depend
 * on the number of threads.
 */
public final class Rows {

    private static final int PIECE_FLOATS = 4096;
    private static final int WIDE_FLOATS = 512;
    private static final boolean ONE_THREAD = "1".equals(System.getenv("OMP_NUM_THREADS"));

    /** Work on rows [first, first + count). */
    @FunctionalInterface
    public interface Body {
        void run(int piece, int first, int count);
    }

    private Rows() {}

    /**
     * How many neighbouring rows to treat as one wide row, so that inner loops are long enough to be vectorised: a
     * power of two that divides the number of rows.
     */
    public static int widening(int rows, int width) {
        int factor = 1;
        while (rows % (2 * factor) == 0 && 2 * factor * width <= WIDE_FLOATS) {
            factor *= 2;
        }
        return factor;
    }

    public static int perPiece(int width) {
        return Math.max(1, PIECE_FLOATS / width);
    }

    public static int pieces(int rows, int width) {
        return (rows + perPiece(width) - 1) / perPiece(width);
    }

    public static void forEach(int rows, int width, Body body) {
        int step = perPiece(width);
        parallel(pieces(rows, width), piece -> {
            int first = piece * step;
            body.run(piece, first, Math.min(step, rows - first));
        });
    }

    /** Runs the body once for each of 0 … count-1. */
    public static void parallel(int count, IntConsumer body) {
        if (count <= 1 || ONE_THREAD) {
            for (int i = 0; i < count; i++) {
                body.accept(i);
            }
        } else {
            IntStream.range(0, count).parallel().forEach(body);
        }
    }
}
