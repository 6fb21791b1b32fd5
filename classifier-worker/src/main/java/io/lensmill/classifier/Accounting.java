package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ClassificationFactory;
import io.lensmill.classifier.scoring.Outcome;
import io.lensmill.classifier.scoring.ScoringMeasures;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * The worker's books. For each source, once it stands still:
 * {@code lensmill_images_received_total = lensmill_images_classified_total + lensmill_images_refused_total}.
 * Images count as received when the worker has them in hand, as the others when their outcome is written. A sample
 * batch that cannot be read counts as one image when not even its message can be. What was deleted before it was read
 * is not among them: {@code lensmill_records_unseen_total} stands beside. Alert when received runs ahead of the
 * sum of the others for long: images wait for a model, or the broker or the object store is away.
 */
final class Accounting implements ScoringMeasures {

    /** Models with a counter of their own at once; the one that was used longest ago loses it. */
    static final int MODELS = 16;

    /** A sender's time that is older is no honest one; images do wait for days for a first model. */
    private static final long LONGEST_WAIT_MILLIS = Duration.ofDays(30).toMillis();

    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer network;
    private final Timer modelReady;
    private final Timer endToEnd;
    private final Counter odd;
    private final Map<String, Counter> byModel = new LinkedHashMap<>(16, 0.75f, true);

    Accounting(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.network = timer("lensmill.network.batch", 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000);
        this.modelReady = timer("lensmill.model.ready", 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000);
        this.endToEnd = timer(
                "lensmill.image.latency",
                5,
                10,
                20,
                50,
                100,
                200,
                500,
                1_000,
                2_000,
                5_000,
                10_000,
                30_000,
                60_000,
                600_000,
                3_600_000);
        this.odd = registry.counter("lensmill.image.timestamps.odd");
        for (Source source : Source.values()) {
            // Counters that exist from the start read 0, not "no data".
            received(source, 0);
            counter("lensmill.images.classified", source);
            withoutInformation(source);
            refused(source, 0);
        }
    }

    /** Where images come from. */
    enum Source {
        IMAGES,
        SAMPLES;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void received(Source source, long images) {
        counter("lensmill.images.received", source).increment((double) images);
    }

    void classified(Source source, List<Classification> results) {
        counter("lensmill.images.classified", source).increment(results.size());
        results.forEach(result -> countModel(result.getModelId()));
        withoutInformation(source).increment((double)
                results.stream().filter(Accounting::showsNothing).count());
    }

    private static boolean showsNothing(Classification result) {
        return result.getRole() == ImageRole.GENERATED
                && result.getAttributes().containsKey(ClassificationFactory.NO_INFORMATION);
    }

    private Counter withoutInformation(Source source) {
        return counter("lensmill.images.without.information", source);
    }

    void refused(Source source, long images) {
        counter("lensmill.images.refused", source).increment((double) images);
    }

    /** The outcomes of these images are on their topics. */
    void written(List<ConsumerRecord<String, byte[]>> images, List<Outcome> outcomes) {
        List<Classification> results = outcomes.stream()
                .filter(Outcome.Classified.class::isInstance)
                .map(outcome -> ((Outcome.Classified) outcome).classification())
                .toList();
        classified(Source.IMAGES, results);
        refused(Source.IMAGES, outcomes.size() - results.size());
        long now = clock.millis();
        images.forEach(image -> latency(now - image.timestamp(), image.timestampType()));
    }

    /**
     * Tells what the log did: {@code lensmill_records_unseen_total} by topic, the records that were deleted before the
     * worker read them, since it was started, and {@code lensmill_topics_deviating}.
     */
    void watch(UnseenLedger unseen, BrokerTopics topics) {
        List.of(Topics.IMAGES, Topics.SAMPLES, Topics.CLASSIFIER_TRAINING_REQUESTS)
                .forEach(topic -> FunctionCounter.builder(
                                "lensmill.records.unseen", unseen, ledger -> ledger.foundHere(topic.name()))
                        .tag("topic", topic.name())
                        .register(registry));
        Gauge.builder("lensmill.topics.deviating", topics, BrokerTopics::deviating)
                .register(registry);
    }

    /** A training request was answered; counted by its end: SUCCEEDED, FAILED, CANCELLED or REFUSED. */
    void ended(JobOutcome outcome) {
        registry.counter("lensmill.jobs.ended", "end", outcome.end()).increment();
    }

    @Override
    public void networkCalled(long nanoseconds) {
        network.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void modelReady(long nanoseconds) {
        modelReady.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /**
     * From when the broker took the image. Where the topic keeps the sender's time, that is all there is, and may be
     * wrong: a time that cannot be is counted, and kept out of the histogram.
     */
    private void latency(long millis, TimestampType time) {
        boolean odd = millis < 0 || (time != TimestampType.LOG_APPEND_TIME && millis > LONGEST_WAIT_MILLIS);
        if (odd) {
            this.odd.increment();
        } else {
            endToEnd.record(millis, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void countModel(String modelId) {
        byModel.computeIfAbsent(modelId, id -> registry.counter("lensmill.images.classified.by.model", "model", id))
                .increment();
        if (byModel.size() > MODELS) {
            String oldest = byModel.keySet().iterator().next();
            registry.remove(byModel.remove(oldest));
        }
    }

    private Counter counter(String name, Source source) {
        return registry.counter(name, "source", source.tag());
    }

    private Timer timer(String name, long... bucketMillis) {
        Duration[] buckets = new Duration[bucketMillis.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = Duration.ofMillis(bucketMillis[i]);
        }
        return Timer.builder(name).serviceLevelObjectives(buckets).register(registry);
    }
}
