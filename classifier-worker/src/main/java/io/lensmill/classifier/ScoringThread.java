package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ModelCache;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.worker.RetryingThread;
import io.lensmill.worker.RetryingThread.Work;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The one thread that owns the models in memory, and hands batches to the lanes one by one. Images and samples take
 * their turns here, and between them a model that was just published is made ready, so that no image has to wait for it
 * later.
 */
@Singleton
final class ScoringThread {

    private final PublishedModels models;
    private final ModelCache cache;
    private final RetryingThread thread;
    private volatile boolean firstModelReady;

    ScoringThread(PublishedModels models, ModelCache cache, ComputeThreads computeThreads) {
        this.models = models;
        this.cache = cache;
        this.thread = new RetryingThread(computeThreads.plain("scoring"));
    }

    /** Makes the newest model ready from now on, whenever there is another. */
    void begin() {
        models.onNews(() -> handle("Making the newest model ready", () -> {
            cache.prepareNewest();
            firstModelReady = true;
            return null;
        }));
    }

    /** As {@link RetryingThread#handle}. */
    <T> CompletionStage<T> handle(String what, Work<T> work) {
        return thread.handle(what, work);
    }

    /** Whether the models of before the worker's start are still being read, or the newest of them made ready. */
    boolean warming() {
        return !firstModelReady;
    }

    /** What went wrong last, while it has not gone right since. */
    Optional<String> trouble() {
        return thread.trouble();
    }

    /** Lets the work in hand end if it can end soon, and frees the models. */
    void stop(Duration patience) throws InterruptedException {
        thread.stop(patience, cache::close);
    }
}
