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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does many small independent items on threads that stay: Avro keeps what it knows of a schema per thread.
 * Each thread takes the next item that nobody has begun.
 */
public final class Slices implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    /**
     * @param threads at least 1
     * @param factory makes them
     */
    public Slices(int threads, ThreadFactory factory) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, factory);
    }

    /** One item; it may fail for the object store only. */
    @FunctionalInterface
    public interface Item {
        void run(int index) throws IOException;
    }

    /**
     * Does items 0 to count - 1 and returns when all have ended.
     *
     * @throws IOException the first that an item threw
     */
    public void run(int count, Item item) throws IOException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> slice = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                item.run(i);
            }
            return null;
        };
        List<Callable<Void>> slices = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, count); i++) {
            slices.add(slice);
        }
        try {
            for (Future<Void> end : pool.invokeAll(slices)) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while images were read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("An image could not be read", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
