package io.lensmill.classifier.scoring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A fair lock on the cores, between training, which computes on all of them at once, and scoring, whose lanes compute
 * on one or a few each. Two that compute on all cores wait for each other's threads at every operation and both run
 * many times slower; one after the other each runs at full speed. Whoever has waited longest is next, so while images
 * stream in, scoring and training alternate: a piece of a batch waits for one training step at most.
 */
public final class ComputeLock {

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** For work on all cores: nobody else computes meanwhile. */
    public Access exclusive() {
        return new Access(lock.writeLock());
    }

    /** For work on a lane's cores: other lanes compute meanwhile. */
    public Access shared() {
        return new Access(lock.readLock());
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** One way to hold the lock. */
    public static final class Access {

        private final Lock lock;

        private Access(Lock lock) {
            this.lock = lock;
        }

        /** Waits for the lock and does the work under it. */
        public <T, E extends Exception> T run(Work<T, E> work) throws E {
            lock.lock();
            try {
                return work.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
