package io.lensmill.jobs;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The published models of one task, and the place where work waits for one. Nobody is told that a model is unknown
 * before all that was published by then has been heard of, and nobody gets the newest one before all that had been
 * published at the worker's start is known: otherwise a restarted worker would score its first images with some older
 * model. Safe for use by several threads.
 */
public final class PublishedModels {

    private final ModelCatalogue catalogue = new ModelCatalogue();
    private final ModelTask task;
    private final Refresh refresh;
    private Runnable listener = () -> {};
    private boolean complete;
    private boolean closed;

    /**
     * @param task what the models do; those of other tasks are never handed out
     * @param refresh brings this object up to date
     */
    public PublishedModels(ModelTask task, Refresh refresh) {
        this.task = task;
        this.refresh = refresh;
    }

    /** Returns when every model that has been published up to now has been accepted. */
    @FunctionalInterface
    public interface Refresh {
        /** @throws IOException when that takes too long */
        void run() throws IOException;
    }

    /**
     * Has somebody told when all that was published before the worker's start is known, and from then on whenever the
     * models change.
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

    /** The newest model known so far, without waiting. */
    public synchronized Optional<ModelPublished> newestSoFar() {
        return catalogue.newest(task);
    }

    /** The models, newest first. Waits until the catalogue is complete. */
    public synchronized List<ModelPublished> newestFirst() {
        awaitComplete();
        return catalogue.all(task);
    }

    /**
     * The model of this id, be it published this moment. One that is known costs nothing, so every image may ask. Waits
     * until the catalogue is complete.
     *
     * @throws IOException when it cannot be known whether there is one
     */
    public Optional<ModelPublished> find(String modelId) throws IOException {
        Optional<ModelPublished> known = findKnown(modelId);
        if (known.isPresent()) {
            return known;
        }
        refresh.run();
        return findKnown(modelId);
    }

    /**
     * The model that a job's request names, brought up to date first: a request may be sent the moment its model was
     * published.
     *
     * @param field name of the request's field, for the refusal
     * @param modelIdOrLatest a model id, or "latest"
     * @throws RefusedException INVALID_PARAMETER for what is no id, UNKNOWN_MODEL with the models there are
     * @throws IOException when it cannot be known which models there are
     */
    public ModelPublished require(String field, String modelIdOrLatest) throws RefusedException, IOException {
        Names.requireId(field, modelIdOrLatest);
        refresh.run();
        return catalogue
                .find(modelIdOrLatest, task)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_MODEL,
                        field + " '" + modelIdOrLatest + "' is " + UnknownModel.sentence(task, catalogue.all(task))));
    }

    private synchronized Optional<ModelPublished> findKnown(String modelId) {
        awaitComplete();
        return catalogue.find(modelId, task);
    }

    /**
     * Waits until the newest model is another than the given one.
     *
     * @param modelId newest so far, or null for none
     */
    public synchronized void awaitNewerThan(String modelId) {
        awaitThat(() -> complete && !Objects.equals(idOfNewest(), modelId));
    }

    private void tell() {
        notifyAll();
        if (complete && !closed) {
            listener.run();
        }
    }

    private String idOfNewest() {
        return catalogue.newest(task).map(ModelPublished::getModelId).orElse(null);
    }

    private void awaitComplete() {
        awaitThat(() -> complete);
    }

    private synchronized void awaitThat(BooleanSupplier condition) {
        try {
            while (!closed && !condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
        if (closed) {
            throw new WorkerStoppedException();
        }
    }
}
