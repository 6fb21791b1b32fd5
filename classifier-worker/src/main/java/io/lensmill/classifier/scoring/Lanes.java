package io.lensmill.classifier.scoring;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Lanes that work side by side, each with a network of its own: a batch of images is cut into pieces, and each lane
 * takes the next piece that nobody has begun. Lanes do not wait for each other before the batch ends, so it does not
 * matter when one is held up by other work of the machine.
 */
public final class Lanes implements AutoCloseable {

    private static final int LARGEST_PIECE = 64;
    /** Smaller pieces cost a network more per image than an idle lane at the end of the batch does. */
    private static final int SMALLEST_PIECE = 4;

    private final int count;
    private final ExecutorService threads;

    /**
     * @param count at least 1
     * @param factory makes their threads, which stay: Avro keeps what it knows of a schema per thread
     */
    public Lanes(int count, ThreadFactory factory) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, factory);
    }

    /** Number of lanes. */
    public int count() {
        return count;
    }

    /** Work on items [first, end) in a lane; it may fail for the object store only. */
    @FunctionalInterface
    public interface Piece {
        void run(int lane, int first, int end) throws IOException;
    }

    /** Work that each lane does once. */
    @FunctionalInterface
    public interface Each {
        void run(int lane) throws IOException;
    }

    /**
     * Does items 0 to items - 1 and returns when all have ended. No lane runs two pieces at once.
     *
     * @throws IOException the first that a piece threw
     */
    public void run(int items, Piece piece) throws IOException {
        Pieces pieces = new Pieces(items);
        each(Math.min(count, items), lane -> {
            for (int[] next = pieces.next(); next != null; next = pieces.next()) {
                piece.run(lane, next[0], next[1]);
            }
        });
    }

    /**
     * Does the work once in each lane and returns when all have ended.
     *
     * @throws IOException the first that a lane threw
     */
    public void each(Each work) throws IOException {
        each(count, work);
    }

    private void each(int lanes, Each work) throws IOException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            int lane = i;
            tasks.add(() -> {
                work.run(lane);
                return null;
            });
        }
        try {
            for (Future<Void> end : threads.invokeAll(tasks)) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while images were scored");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("Images could not be scored", e.getCause());
        }
    }

    /** Hands out pieces: large ones first, and ever smaller ones towards the end, so that all lanes end together. */
    private final class Pieces {

        private final int items;
        private int begun;

        Pieces(int items) {
            this.items = items;
        }

        /** First item of the next piece and the one after its last; null when there is none. */
        synchronized int[] next() {
            if (begun == items) {
                return null;
            }
            int first = begun;
            int share = Math.max(SMALLEST_PIECE, Integer.highestOneBit(Math.max(1, (items - begun) / (2 * count))));
            begun += Math.min(items - begun, Math.min(LARGEST_PIECE, share));
            return new int[] {first, begun};
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
