package io.lensmill.metrics.streams;

import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.DeadLetters;
import io.lensmill.metrics.collection.CollectionPartial;
import io.lensmill.metrics.collection.Observation;
import io.lensmill.metrics.collection.ObservationReader;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * First level, one per input partition: reads, refuses or de-duplicates, and sends partials on, twice per report
 * interval or as soon as many observations wait. All records of an image are in one partition, so a repeat is seen here.
 */
final class FoldingProcessor implements Processor<String, byte[], String, Outcome> {

    private static final int MANY = 2048;
    private static final String PREFIX = "lensmill.";

    private final TopologySettings settings;
    private final Accounting accounting;
    private final ObservationReader reader;
    private ProcessorContext<String, Outcome> context;
    private SeenImages seen;
    private PendingObservations pending;

    FoldingProcessor(TopologySettings settings, Accounting accounting) {
        this.settings = settings;
        this.accounting = accounting;
        this.reader = new ObservationReader(settings.maxDimensions());
    }

    @Override
    public void init(ProcessorContext<String, Outcome> processorContext) {
        context = processorContext;
        WindowStore<Bytes, byte[]> images = context.getStateStore(MetricsTopology.SEEN);
        KeyValueStore<Bytes, byte[]> waiting = context.getStateStore(MetricsTopology.PENDING);
        seen = new SeenImages(images, settings.seenRetention());
        pending = new PendingObservations(waiting);
        context.schedule(settings.reportInterval().dividedBy(2), PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<String, byte[]> message) {
        accounting.received();
        try {
            accept(reader.read(message.value()));
        } catch (RefusedException refusal) {
            accounting.refused(refusal.code());
            refuse(message, refusal);
        }
    }

    private void accept(Observation observation) {
        RecordMetadata place = place();
        String partition = shortName(place.topic()) + "-" + place.partition();
        if (seen.isNew(observation, context.currentSystemTimeMs())) {
            accounting.counted();
            pending.add(observation, partition, place.offset());
        } else {
            accounting.duplicate();
            pending.addDuplicate(observation.key(), partition, place.offset());
        }
        if (pending.size() >= MANY) {
            flush();
        }
    }

    private void flush() {
        if (pending.size() > 0) {
            pending.drain(this::send);
        }
    }

    private void send(CollectionPartial partial) {
        Outcome outcome = new Outcome.Partial(partial.toBytes());
        context.forward(new Record<>(partial.key().modelId(), outcome, context.currentSystemTimeMs()));
    }

    private void refuse(Record<String, byte[]> message, RefusedException refusal) {
        RecordMetadata place = place();
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                message.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                message.key(),
                message.value(),
                message.headers(),
                Optional.empty());
        Headers headers = DeadLetters.of(refused, refusal).headers();
        Outcome outcome = new Outcome.Refused(message.value());
        context.forward(new Record<>(message.key(), outcome, context.currentSystemTimeMs(), headers));
    }

    private RecordMetadata place() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException(
                        "A record of " + Topics.CLASSIFICATIONS.name() + " always has a place"));
    }

    private static String shortName(String topic) {
        return topic.startsWith(PREFIX) ? topic.substring(PREFIX.length()) : topic;
    }
}
