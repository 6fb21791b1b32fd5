package io.lensmill.local;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a clean-up once: when it is closed, or when this program is told to end (Ctrl-C, SIGTERM) before that. The JVM
 * waits for it in either case.
 */
public final class StopOnExit implements AutoCloseable {

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Runnable cleanUp;
    private final Thread hook;
    private final Object running = new Object();

    public StopOnExit(Runnable cleanUp) {
        this.cleanUp = cleanUp;
        this.hook = new Thread(this::runOnce, "stop-on-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the clean-up has begun: failures from then on are its consequence. */
    public boolean begun() {
        return begun.get();
    }

    @Override
    public void close() {
        runOnce();
    }

    private void runOnce() {
        // Who comes second waits here until the first has finished.
        synchronized (running) {
            if (begun.compareAndSet(false, true)) {
                cleanUp.run();
            }
        }
    }
}
