package io.lensmill.metrics;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.metrics.streams.Accounting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** The worker's counters at /q/metrics, all there from the start. */
@ApplicationScoped
public class PrometheusAccounting implements Accounting {

    private static final String REFUSED = "lensmill.classifications.refused";

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter counted;
    private final Counter duplicates;
    private final Counter reported;

    public PrometheusAccounting(MeterRegistry registry) {
        this.registry = registry;
        received = registry.counter("lensmill.classifications.received");
        counted = registry.counter("lensmill.classifications.counted");
        duplicates = registry.counter("lensmill.classifications.duplicates");
        reported = registry.counter("lensmill.reports.sent");
        for (RefusalCode reason : RefusalCode.values()) {
            registry.counter(REFUSED, "reason", reason.name());
        }
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void counted() {
        counted.increment();
    }

    @Override
    public void duplicate() {
        duplicates.increment();
    }

    @Override
    public void refused(RefusalCode reason) {
        registry.counter(REFUSED, "reason", reason.name()).increment();
    }

    @Override
    public void reported() {
        reported.increment();
    }
}
