package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import java.util.List;
import java.util.UUID;

/**
 * All that the page shows, within {@link Bounds}. Every change makes a new version, and {@link #since} tells what came
 * after one. Messages may come again, as they do when a topic is read anew. Safe for several threads.
 */
public final class PageState {

    private final String instance = UUID.randomUUID().toString();
    private final boolean store;
    private final Shelf<JobView> jobs = new Shelf<>(Bounds.JOBS);
    private final Shelf<ReportView> reports = new Shelf<>(Bounds.REPORTS);
    private final Shelf<ModelView> models = new Shelf<>(Bounds.MODELS);
    private final Shelf<SamplesView> samples = new Shelf<>(Bounds.SAMPLES);
    private final Shelf<DeadLetterView> deadLetters = new Shelf<>(Bounds.DEAD_LETTERS);
    private final Shelf<UnseenView> unseen = new Shelf<>(Bounds.UNSEEN);
    private long version;
    private long lastRemoval;

    /** @param store whether there is an object store to take contact sheets from */
    public PageState(boolean store) {
        this.store = store;
    }

    public synchronized void accept(JobEvent event) {
        String key = event.getJobId();
        JobView known = jobs.find(key).orElse(null);
        if (known == null || event.getOccurredAt().toEpochMilli() >= known.occurredAt()) {
            jobs.put(key, JobView.of(event, known == null ? List.of() : known.curve()), ++version);
        }
    }

    public synchronized void accept(String key, MetricReport report) {
        ReportView known = reports.find(key).orElse(null);
        if (known == null || report.getEmittedAt().toEpochMilli() > known.emittedAt()) {
            reports.put(key, ReportView.of(key, report, known == null ? List.of() : known.history()), ++version);
        }
    }

    public synchronized void accept(ModelPublished model) {
        models.put(model.getModelId(), ModelView.of(model), ++version);
    }

    public synchronized void accept(SampleBatch batch) {
        SamplesView view = SamplesView.of(batch);
        SamplesView all = samples.find(view.jobId()).map(view::and).orElse(view);
        samples.put(view.jobId(), all, ++version);
    }

    public synchronized void accept(DeadLetterView letter) {
        if (deadLetters.find(letter.id()).isEmpty()) {
            deadLetters.put(letter.id(), letter, ++version);
        }
    }

    public synchronized void accept(UnseenView view) {
        unseen.put(view.key(), view, ++version);
    }

    /** The model was taken back. */
    public synchronized void withdrawModel(String modelId) {
        if (models.remove(modelId)) {
            lastRemoval = ++version;
        }
    }

    public String instance() {
        return instance;
    }

    public synchronized long version() {
        return version;
    }

    /**
     * What came after the version; everything when something was removed since, or when the version is none of ours.
     */
    public synchronized Changes since(long seen) {
        boolean whole = seen <= 0 || seen < lastRemoval || seen > version;
        long from = whole ? 0 : seen;
        return new Changes(
                instance,
                version,
                whole,
                store,
                jobs.since(from),
                reports.since(from),
                models.since(from),
                samples.since(from),
                deadLetters.since(from),
                unseen.since(from));
    }
}
