package io.lensmill.diffusion;

import io.lensmill.contracts.JobKind;
import io.lensmill.jobs.JobOutcome;
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

    private static String tag(JobKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
