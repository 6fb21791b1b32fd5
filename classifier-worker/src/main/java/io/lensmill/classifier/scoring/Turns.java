package io.lensmill.classifier.scoring;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one network compute at a time. Two that compute at once on the same cores wait for each other's threads at every
 * operation and both run many times slower; in turns each runs at full speed. Whoever has waited longest is next, so
 * while images stream in, scoring and training alternate: a batch of images waits for one training step at most.
 */
public final class Turns {

    private final ReentrantLock turn = new ReentrantLock(true);

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Waits for a turn and does the work in it. */
    public <T, E extends Exception> T take(Work<T, E> work) throws E {
        turn.lock();
        try {
            return work.run();
        } finally {
            turn.unlock();
        }
    }
}
