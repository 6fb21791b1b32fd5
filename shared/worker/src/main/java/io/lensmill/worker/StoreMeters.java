package io.lensmill.worker;

import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StoreOperation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times the calls of the object store: {@code lensmill.store.requests}, by operation and outcome, and {@code
 * lensmill.store.repeated}, the requests inside those calls that were sent again. All read 0 from the start.
 */
public final class StoreMeters implements StoreObserver {

    private final Map<StoreOperation, Map<Outcome, Timer>> requests = new EnumMap<>(StoreOperation.class);
    private final Counter repeated;

    public StoreMeters(MeterRegistry registry) {
        for (StoreOperation operation : StoreOperation.values()) {
            Map<Outcome, Timer> ofOperation = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                Timer timer = Timer.builder("lensmill.store.requests")
                        .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(registry);
                ofOperation.put(outcome, timer);
            }
            requests.put(operation, ofOperation);
        }
        this.repeated = registry.counter("lensmill.store.repeated");
    }

    @Override
    public void ended(StoreOperation operation, Outcome outcome, long nanoseconds) {
        requests.get(operation).get(outcome).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void repeated() {
        repeated.increment();
    }
}
