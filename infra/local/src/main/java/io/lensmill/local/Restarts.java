package io.lensmill.local;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Starts a worker again when it has died, a few times: its jobs go on from their checkpoints. */
public final class Restarts {

    private static final int MOST = 5;

    private final LocalStack stack;
    private final Consumer<String> say;
    private final Map<Worker, Integer> count = new EnumMap<>(Worker.class);

    public Restarts(LocalStack stack, Consumer<String> say) {
        this.stack = stack;
        this.say = say;
    }

    /** Watches all workers of the stack from now on. */
    public void begin() {
        for (Worker worker : Worker.values()) {
            watch(worker, stack.worker(worker));
        }
    }

    private void watch(Worker worker, ChildProcess child) {
        child.whenItDies(dead -> again(worker, dead));
    }

    private synchronized void again(Worker worker, ChildProcess dead) {
        say.accept(dead.obituary());
        int restarts = count.merge(worker, 1, Integer::sum);
        if (restarts > MOST) {
            say.accept(worker.module() + " died " + restarts + " times and stays down; the others go on.");
            return;
        }
        try {
            watch(worker, stack.startWorker(worker));
            say.accept(worker.module() + " was started again.");
        } catch (StartFailure e) {
            say.accept(worker.module() + " was not started again: " + e.getMessage());
        }
    }
}
