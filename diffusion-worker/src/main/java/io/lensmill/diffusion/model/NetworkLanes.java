package io.lensmill.diffusion.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A model's networks, one for each lane, which all jobs that sample from it share. When a lane becomes free, the
 * requests that wait go through its network together; a few images wait a moment for those of other jobs. Safe for use
 * by several threads.
 */
public final class NetworkLanes implements AutoCloseable {

    /** From so many images on a pass costs no more per image than a larger one. */
    private static final int ENOUGH_IMAGES = 8;

    private final List<NetworkPass> lanes;
    private final int mostImages;
    private final long graceNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int jobs;
    private int idleLanes;
    private boolean closed;

    /**
     * @param lanes networks with the same weights; closed with the lanes
     * @param mostImages of one pass that answers several requests, 0: each goes alone; a single request may be larger
     * @param grace how long fewer than 8 images wait for those of other jobs; a step between two passes of a job takes
     *     less
     * @param factory makes the lanes' threads
     */
    public NetworkLanes(List<NetworkPass> lanes, int mostImages, Duration grace, ThreadFactory factory) {
        this.lanes = List.copyOf(lanes);
        this.mostImages = mostImages;
        this.graceNanos = grace.toNanos();
        for (NetworkPass lane : lanes) {
            threads.add(factory.newThread(() -> work(lane)));
        }
        threads.forEach(Thread::start);
    }

    /** A request and who waits for its answer. */
    private record Waiting(InferenceRequest request, CompletableFuture<float[]> answer) {}

    /** One job more sends requests from now on. */
    void join() {
        synchronized (waiting) {
            jobs++;
        }
    }

    /**
     * One job less.
     *
     * @return the jobs that are left
     */
    int leave() {
        synchronized (waiting) {
            jobs--;
            waiting.notifyAll();
            return jobs;
        }
    }

    /** Number of lanes. */
    public int count() {
        return lanes.size();
    }

    /** Executor, precision and threads, for the log. */
    public String describe() {
        return count() + " lanes, each " + lanes.get(0).network().describe();
    }

    /**
     * Waits for the answer.
     *
     * @return the network's prediction, of the shape of the request's images
     * @throws IllegalStateException when the lanes are closed
     */
    public float[] predict(InferenceRequest request) {
        Waiting mine = new Waiting(request, new CompletableFuture<>());
        synchronized (waiting) {
            if (closed) {
                throw new IllegalStateException("The model is closed");
            }
            waiting.add(mine);
            waiting.notifyAll();
        }
        try {
            return mine.answer.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "The network failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Number of requests that no lane has taken yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void work(NetworkPass lane) {
        for (List<Waiting> together = take(); !together.isEmpty(); together = take()) {
            try {
                List<float[]> answers =
                        lane.predict(together.stream().map(Waiting::request).toList());
                for (int i = 0; i < together.size(); i++) {
                    together.get(i).answer.complete(answers.get(i));
                }
            } catch (RuntimeException | Error e) {
                together.forEach(one -> one.answer.completeExceptionally(e));
            }
        }
    }

    /** The next requests to go through a network together; none when the lanes are closed. */
    private List<Waiting> take() {
        synchronized (waiting) {
            idleLanes++;
            do {
                while (waiting.isEmpty() && !closed) {
                    awaitChange(0);
                }
                awaitCompany();
                // Another lane may have taken all there was meanwhile.
            } while (waiting.isEmpty() && !closed);
            // Other idle lanes get their share.
            int share = (waiting.size() + idleLanes - 1) / idleLanes;
            idleLanes--;
            List<Waiting> together = new ArrayList<>();
            int images = 0;
            while (together.size() < share
                    && (images == 0 || images + waiting.peek().request.rows() <= mostImages)) {
                together.add(waiting.remove());
                images += together.get(together.size() - 1).request.rows();
            }
            return together;
        }
    }

    private void awaitCompany() {
        long end = System.nanoTime() + graceNanos;
        long left = graceNanos;
        int enough = Math.min(ENOUGH_IMAGES, mostImages);
        while (left > 0
                && !closed
                && !waiting.isEmpty()
                && waiting.size() < jobs
                && waiting.stream().mapToInt(one -> one.request.rows()).sum() < enough) {
            awaitChange(left);
            left = end - System.nanoTime();
        }
    }

    /**
     * Lanes end by {@link #close} only: whoever interrupts one could leave a request without an answer.
     *
     * @param nanos longest wait; 0: without end
     */
    private void awaitChange(long nanos) {
        try {
            if (nanos == 0) {
                waiting.wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(waiting, nanos);
            }
        } catch (InterruptedException e) {
            // Not ours.
        }
    }

    /** Answers what has been asked, and frees the networks. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= interruptedWhileJoining(thread);
        }
        lanes.forEach(lane -> lane.network().close());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits whatever comes: a network must not be freed under a thread that computes with it. */
    private static boolean interruptedWhileJoining(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
