package io.lensmill.metricsworker.page.state;

import java.util.List;

/**
 * What changed after a version; after version 0, everything. An entry stands for the whole of its key, so a reader
 * keeps the newest of each, and several changes become one.
 *
 * @param instance this run of the worker: versions of another one mean nothing
 * @param version what the reader knows afterwards
 * @param whole what the reader knew before is to be forgotten
 * @param store whether the object store, which holds the contact sheets, is configured
 */
public record Changes(
        String instance,
        long version,
        boolean whole,
        boolean store,
        List<JobView> jobs,
        List<ReportView> reports,
        List<ModelView> models,
        List<SamplesView> samples,
        List<DeadLetterView> deadLetters,
        List<UnseenView> unseen) {}
