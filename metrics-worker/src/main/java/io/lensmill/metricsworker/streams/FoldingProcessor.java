package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.metricsworker.collection.CollectionOrder;
import io.lensmill.metricsworker.collection.CollectionPartial;
import io.lensmill.metricsworker.collection.LateLabel;
import io.lensmill.metricsworker.collection.Observation;
import io.lensmill.metricsworker.collection.ObservationReader;
import io.lensmill.metricsworker.collection.Unlabelled;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * First level, one per input partition: reads, refuses or de-duplicates, and sends partials on, every partial interval
 * or as soon as many observations wait. All records of an image, its labels too, are in one partition, so repeats are
 * seen and labels find their image here. Orders to collections come to every partition: what was read before an order
 * is counted as it stood then.
 */
final class FoldingProcessor implements Processor<String, byte[], String, Outcome> {

    private static final int MANY = 2048;
    private static final String PREFIX = "lensmill.";

    private final TopologySettings settings;
    private final StreamAccounting accounting;
    private final ObservationReader reader;
    private ProcessorContext<String, Outcome> context;
    private SeenImages seen;
    private KnownLabels labels;
    private MarkedCollections marks;
    private PendingObservations pending;

    FoldingProcessor(TopologySettings settings, StreamAccounting accounting) {
        this.settings = settings;
        this.accounting = accounting;
        this.reader = new ObservationReader(settings.maxDimensions());
    }

    @Override
    public void init(ProcessorContext<String, Outcome> processorContext) {
        context = processorContext;
        WindowStore<Bytes, byte[]> images = context.getStateStore(MetricsTopology.SEEN);
        WindowStore<Bytes, byte[]> told = context.getStateStore(MetricsTopology.LABELS);
        KeyValueStore<Bytes, byte[]> orders = context.getStateStore(MetricsTopology.FOLD_MARKS);
        KeyValueStore<Bytes, byte[]> waiting = context.getStateStore(MetricsTopology.PENDING);
        seen = new SeenImages(images, settings.seenRetention());
        labels = new KnownLabels(told, settings.seenRetention());
        marks = new MarkedCollections(orders);
        pending = new PendingObservations(waiting);
        context.schedule(settings.partialInterval(), PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<String, byte[]> message) {
        String topic = Refusals.place(context).topic();
        if (topic.equals(Topics.CLASSIFICATIONS.name())) {
            receive(message);
        } else if (MetricsTopology.isInternal(topic, MetricsTopology.CHECKED_LABELS)) {
            join(LateLabel.fromBytes(message.value()));
        } else {
            // What waits belongs to the collections as they were.
            flush();
            marks.follow(CollectionOrder.fromBytes(message.value()));
        }
        if (pending.size() >= MANY) {
            flush();
        }
    }

    private void receive(Record<String, byte[]> message) {
        accounting.received();
        try {
            accept(read(message));
        } catch (RefusedException refusal) {
            accounting.refused(refusal.code());
            Refusals.forward(context, message, refusal);
        }
    }

    private Observation read(Record<String, byte[]> message) throws RefusedException {
        try {
            return reader.read(message.value());
        } catch (RuntimeException fault) {
            throw Refusals.surprise(context, fault);
        }
    }

    private void accept(Observation observation) throws RefusedException {
        if (marks.isClosed(observation.key())) {
            throw new RefusedException(
                    RefusalCode.COLLECTION_CLOSED,
                    "Collection '" + observation.key().collection() + "' was closed; REOPEN or RESET it to go on.");
        }
        RecordMetadata place = Refusals.place(context);
        String partition = shortName(place.topic()) + "-" + place.partition();
        long generation = marks.generation(observation.key());
        long now = context.currentSystemTimeMs();
        if (seen.contains(observation, generation, now)) {
            accounting.duplicate();
            pending.addDuplicate(observation.key(), partition, place.offset());
            return;
        }
        accounting.counted();
        pending.add(observation, partition, place.offset());
        String label =
                observation.isLabelled() ? null : labels.of(observation, now).orElse(null);
        seen.add(observation, generation, !observation.isLabelled() && label == null, now);
        if (label != null) {
            pending.addLabel(observation.imageId(), Unlabelled.of(observation, generation), label);
        }
    }

    private void join(LateLabel label) {
        long now = context.currentSystemTimeMs();
        if (!labels.add(label, now)) {
            return;
        }
        for (Unlabelled image : seen.takeUnlabelled(label.imageId(), image -> concerns(label, image), now)) {
            pending.addLabel(label.imageId(), image, label.label());
        }
    }

    private boolean concerns(LateLabel label, Unlabelled image) {
        boolean named = label.collection().isEmpty()
                || label.collection().equals(image.key().collection());
        return named && image.generation() == marks.generation(image.key());
    }

    private void flush() {
        if (pending.size() > 0) {
            pending.drain(marks::generation, context.currentSystemTimeMs(), this::send);
        }
    }

    private void send(CollectionPartial partial) {
        Outcome outcome = new Outcome.Passed(partial.toBytes());
        context.forward(new Record<>(partial.key().modelId(), outcome, context.currentSystemTimeMs()));
    }

    private static String shortName(String topic) {
        return topic.startsWith(PREFIX) ? topic.substring(PREFIX.length()) : topic;
    }
}
