package io.lensmill.classifier.scoring;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.jobs.ModelCatalogue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The classifiers published so far, and the place where scoring waits for one. Nobody gets an answer before all that
 * had been published at the worker's start is known: otherwise a restarted worker would score its first images with
 * some older model, or refuse a model id that it has only not read yet. Safe for use by several threads.
 */
public final class PublishedModels {

    private final ModelCatalogue catalogue = new ModelCatalogue();
    private final Runnable refresh;
    private Runnable listener = () -> {};
    private boolean complete;
    private boolean closed;

    /** @param refresh returns when all that is published now has been accepted, or after a while */
    public PublishedModels(Runnable refresh) {
        this.refresh = refresh;
    }

    /**
     * Has somebody told when all that was published before the worker's start is known, and from then on whenever the
     * classifiers change.
     *
     * @param listener must return soon
     */
    public synchronized void onNews(Runnable listener) {
        this.listener = listener;
        if (complete) {
            listener.run();
        }
    }

    /** Takes a model; those of other tasks are kept apart. */
    public synchronized void accept(ModelPublished model) {
        catalogue.accept(model);
        tell();
    }

    /** The model must not be used any more. */
    public synchronized void withdraw(String modelId) {
        catalogue.withdraw(modelId);
        tell();
    }

    /** All that was published before the worker's start is known now. */
    public synchronized void complete() {
        complete = true;
        tell();
    }

    /** Wakes all who wait; they get a {@link WorkerStoppedException}. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The newest classifier known so far, without waiting. */
    public synchronized Optional<ModelPublished> newestSoFar() {
        return catalogue.newest(ModelTask.CLASSIFIER);
    }

    /** The classifiers, newest first. Waits until the catalogue is complete. */
    public synchronized List<ModelPublished> newestFirst() {
        awaitComplete();
        return catalogue.all(ModelTask.CLASSIFIER);
    }

    /** The classifier of this id, be it published this moment. Waits until the catalogue is complete. */
    public Optional<ModelPublished> find(String modelId) {
        Optional<ModelPublished> known = findKnown(modelId);
        if (known.isPresent()) {
            return known;
        }
        refresh.run();
        return findKnown(modelId);
    }

    private synchronized Optional<ModelPublished> findKnown(String modelId) {
        awaitComplete();
        return catalogue.find(modelId, ModelTask.CLASSIFIER);
    }

    /**
     * Waits until the newest classifier is another than the given one.
     *
     * @param modelId newest so far, or null for none
     */
    public synchronized void awaitNewerThan(String modelId) {
        while (!closed && (!complete || Objects.equals(idOfNewest(), modelId))) {
            pause();
        }
        throwIfClosed();
    }

    private void tell() {
        notifyAll();
        if (complete && !closed) {
            listener.run();
        }
    }

    private String idOfNewest() {
        return catalogue
                .newest(ModelTask.CLASSIFIER)
                .map(ModelPublished::getModelId)
                .orElse(null);
    }

    private void awaitComplete() {
        while (!closed && !complete) {
            pause();
        }
        throwIfClosed();
    }

    private void throwIfClosed() {
        if (closed) {
            throw new WorkerStoppedException();
        }
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }
}
