package io.lensmill.cli.metrics;

import io.lensmill.cli.terminal.Progress;
import java.util.function.Supplier;

/** Says which number is being worked out, and how many of them are done. */
public final class Steps {

    private final Progress progress;
    private long done;

    public Steps(Progress progress) {
        this.progress = progress;
    }

    <T> T run(String name, Supplier<T> work) {
        progress.at(done, name);
        T result = work.get();
        finished(name);
        return result;
    }

    void finished(String name) {
        done++;
        progress.at(done, name);
    }
}
