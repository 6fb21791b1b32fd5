package io.lensmill.metrics;

import io.lensmill.metrics.archive.ArchiveAccounting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** The counters of the report archive at /q/metrics, all there from the start. */
@ApplicationScoped
public class PrometheusArchiveAccounting implements ArchiveAccounting {

    private final Counter written;
    private final Counter skipped;
    private final Counter failed;
    private final Counter withoutPictures;

    public PrometheusArchiveAccounting(MeterRegistry registry) {
        written = registry.counter("lensmill.reports.archived");
        skipped = registry.counter("lensmill.reports.archive.skipped");
        failed = registry.counter("lensmill.reports.archive.failures");
        withoutPictures = registry.counter("lensmill.reports.archived.without.pictures");
    }

    @Override
    public void written() {
        written.increment();
    }

    @Override
    public void skipped(int reports) {
        skipped.increment(reports);
    }

    @Override
    public void failed() {
        failed.increment();
    }

    @Override
    public void withoutPictures() {
        withoutPictures.increment();
    }
}
