package io.lensmill.imaging;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does independent items of work on a bounded number of threads of its own. The first failure stops the rest.
 *
 * @param threads at least 1
 */
public record ParallelWork(int threads) {

    /** One item. */
    @FunctionalInterface
    public interface Item {
        /** Does item number {@code index}. */
        void run(int index) throws Exception;
    }

    /** @throws IllegalArgumentException when there is no thread */
    public ParallelWork {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1; got " + threads);
        }
    }

    /**
     * Does items 0 to count - 1 and returns when all are done.
     *
     * @throws Failure with the first failure as its cause
     * @throws InterruptedIOException when the calling thread is interrupted; items under way are interrupted too
     */
    public void run(int count, Progress progress, Item item) throws Failure, InterruptedIOException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicReference<Exception> failed = new AtomicReference<>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                if (failed.get() != null || Thread.currentThread().isInterrupted()) {
                    return;
                }
                try {
                    item.run(i);
                } catch (Exception e) {
                    failed.compareAndSet(null, e);
                    return;
                }
                progress.report(done.incrementAndGet(), count);
            }
        };
        await(worker);
        if (failed.get() != null) {
            throw new Failure(failed.get());
        }
    }

    private void await(Runnable worker) throws InterruptedIOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(worker));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while work was under way");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A worker thread failed outside its items", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** An item failed; the cause says how. */
    public static final class Failure extends IOException {

        private static final long serialVersionUID = 1L;

        Failure(Exception cause) {
            super(cause.getMessage(), cause);
        }

        /**
         * Throws the cause itself when it is an {@link IOException} or a fault of ours, otherwise gives it back.
         *
         * @param type of checked exception that the items may throw besides
         */
        public <E extends Exception> E as(Class<E> type) throws IOException {
            if (type.isInstance(getCause())) {
                return type.cast(getCause());
            }
            if (getCause() instanceof IOException io) {
                throw io;
            }
            if (getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw this;
        }
    }
}
