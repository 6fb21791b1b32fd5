package io.lensmill.classifier.scoring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Shares the cores between training, which computes on all of them at once, and scoring, whose lanes compute on one or a
 * few each. Two that compute on all cores wait for each other's threads at every operation and both run many times
 * slower; in turns each runs at full speed. Whoever has waited longest is next, so while images stream in, scoring and
 * training alternate: a piece of a batch waits for one training step at most.
 */
public final class Turns {

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** For work on all cores: nobody else computes meanwhile. */
    public Turn alone() {
        return new Turn(lock.writeLock());
    }

    /** For work on a lane's cores: other lanes compute meanwhile. */
    public Turn inLane() {
        return new Turn(lock.readLock());
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** One way to take a turn. */
    public static final class Turn {

        private final Lock lock;

        private Turn(Lock lock) {
            this.lock = lock;
        }

        /** Waits for a turn and does the work in it. */
        public <T, E extends Exception> T take(Work<T, E> work) throws E {
            lock.lock();
            try {
                return work.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
