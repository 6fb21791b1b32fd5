package io.lensmill.diffusion;

import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/**
 * The worker's books. {@code lensmill_jobs_ended_total} counts the requests that were answered, by kind and end
 * (SUCCEEDED, FAILED, CANCELLED, REFUSED); {@code lensmill_images_generated_total} counts images when their batch is
 * announced, so after a resume one batch may count twice. Alert on end=FAILED.
 */
final class Accounting {

    private static final List<String> ENDS = List.of("SUCCEEDED", "FAILED", "CANCELLED", "REFUSED");

    private final MeterRegistry registry;

    Accounting(MeterRegistry registry) {
        this.registry = registry;
        // Counters that exist from the start read 0, not "no data".
        imagesGenerated(0);
        for (JobKind kind : List.of(JobKind.DIFFUSION_TRAINING, JobKind.GENERATION)) {
            ENDS.forEach(end -> registry.counter("lensmill.jobs.ended", "kind", tag(kind), "end", end));
        }
    }

    void ended(JobKind kind, JobOutcome outcome) {
        registry.counter("lensmill.jobs.ended", "kind", tag(kind), "end", outcome.end())
                .increment();
    }

    void imagesGenerated(int images) {
        registry.counter("lensmill.images.generated").increment(images);
    }

    /**
     * Tells what the log did: {@code lensmill_records_unseen_total} by topic, the records that were deleted before the
     * worker read them, since it was started, and {@code lensmill_topics_deviating}.
     */
    void watch(UnseenLedger unseen, BrokerTopics topics) {
        List.of(Topics.DIFFUSION_TRAINING_REQUESTS, Topics.GENERATION_REQUESTS)
                .forEach(topic -> FunctionCounter.builder(
                                "lensmill.records.unseen", unseen, ledger -> ledger.foundHere(topic.name()))
                        .tag("topic", topic.name())
                        .register(registry));
        Gauge.builder("lensmill.topics.deviating", topics, BrokerTopics::deviating)
                .register(registry);
    }

    private static String tag(JobKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
