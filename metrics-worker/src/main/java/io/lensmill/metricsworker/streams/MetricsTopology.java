package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.RecordKeys;
import io.lensmill.metricsworker.collection.CollectionOrder;
import io.lensmill.metricsworker.collection.LabelReader;
import io.lensmill.metricsworker.collection.LateLabel;
import io.lensmill.metricsworker.collection.OrderReader;
import io.lensmill.metricsworker.report.ReportDesk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Classifications in, reports out.
 *
 * <pre>
 * classifications ─────────────► fold (per partition: check, de-duplicate, ─► partials, by model id ─► merge ─► reports
 * labels ─► check, by image id ─►       join labels, buffer)                                             ▲
 * collection commands ─► check ─► (every partition)                                                      │
 *                          └─────────────────────────────────────► notices (every partition) ────────────┤
 * jobs ─► ended generations ─────────────────────────────────────► notices ──────────────────────────────┘
 *
 * what any check refuses ─► dead letters
 * </pre>
 */
public final class MetricsTopology {

    /** What must be there before the topology runs. */
    public static final List<Topic> TOPICS = List.of(
            Topics.CLASSIFICATIONS,
            Topics.LABELS,
            Topics.COLLECTION_COMMANDS,
            Topics.JOBS,
            Topics.REPORTS,
            Topics.DEAD_LETTERS,
            Topics.UNSEEN);

    static final String SEEN = "seen";
    static final String LABELS = "labels";
    static final String PENDING = "pending";
    static final String FOLD_MARKS = "fold-marks";
    static final String MERGE_MARKS = "merge-marks";
    static final String COLLECTIONS = "collections";
    static final String PARTIALS = "partials";
    static final String CHECKED_LABELS = "checked-labels";
    private static final String ORDERS = "orders";
    private static final String NOTICES = "notices";

    /** Where an ended generation's event names the collection that its images are in. */
    private static final String COLLECTION_RESULT = "collection";

    /** Tasks of the second level, and so the most instances that can share models among them. */
    private static final int PARTIALS_PARTITIONS = 4;

    /** Images are looked up one by one; the windows of their store only decide when they are forgotten. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Serde<String> TEXT = RecordKeys.serde();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topics.MAX_MESSAGE_BYTES));

    private final TopologySettings settings;
    private final StreamsBuilder builder = new StreamsBuilder();
    private KStream<String, byte[]> refused;

    private MetricsTopology(TopologySettings settings) {
        this.settings = settings;
    }

    /** With its state on disk. */
    public static Topology build(
            TopologySettings settings, ReportDesk desk, StreamAccounting accounting, ReportListener listener) {
        return build(
                settings,
                desk,
                accounting,
                listener,
                name -> Stores.persistentWindowStore(name, settings.seenRetention(), WINDOW, false),
                Stores::persistentKeyValueStore);
    }

    /** With stores of the caller's choice. */
    static Topology build(
            TopologySettings settings,
            ReportDesk desk,
            StreamAccounting accounting,
            ReportListener listener,
            Function<String, WindowBytesStoreSupplier> windows,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        MetricsTopology topology = new MetricsTopology(settings);
        topology.addStores(windows, stores);
        topology.connect(desk, accounting, listener);
        return topology.builder.build();
    }

    /** Whether a record came over the internal topic of this name. */
    static boolean isInternal(String topic, String name) {
        return topic.endsWith("-" + name + "-repartition");
    }

    private void addStores(
            Function<String, WindowBytesStoreSupplier> windows, Function<String, KeyValueBytesStoreSupplier> stores) {
        List.of(SEEN, LABELS).forEach(name -> builder.addStateStore(window(windows.apply(name))));
        List.of(PENDING, FOLD_MARKS, MERGE_MARKS, COLLECTIONS)
                .forEach(name -> builder.addStateStore(keyValue(stores.apply(name))));
    }

    private void connect(ReportDesk desk, StreamAccounting accounting, ReportListener listener) {
        KStream<String, byte[]> labels = checked(Topics.LABELS, "labels", (message, offset) -> {
            LateLabel label = LabelReader.read(message);
            return KeyValue.pair(label.imageId(), label.toBytes());
        });
        KStream<String, byte[]> orders = checked(Topics.COLLECTION_COMMANDS, "commands", (message, offset) -> {
            CollectionOrder order = OrderReader.read(message, offset + 1);
            return KeyValue.pair(order.collection(), order.toBytes());
        });
        KStream<String, byte[]> ended = checked(Topics.JOBS, "jobs", (message, offset) -> endedGeneration(message));

        KStream<String, Outcome> outcomes = source(Topics.CLASSIFICATIONS, "classifications")
                .merge(labels.repartition(internal(CHECKED_LABELS, settings.partitions())))
                .merge(orders.repartition(
                        internal(ORDERS, settings.partitions()).withStreamPartitioner(new ToAll())))
                .process(
                        () -> new FoldingProcessor(settings, accounting),
                        Named.as("fold"),
                        SEEN,
                        LABELS,
                        FOLD_MARKS,
                        PENDING);
        KStream<String, byte[]> notices = orders.mapValues(
                        order -> new Notice.Ordered(CollectionOrder.fromBytes(order)).toBytes(),
                        Named.as("order-notices"))
                .merge(ended)
                .repartition(internal(NOTICES, PARTIALS_PARTITIONS).withStreamPartitioner(new ToAll()));
        passed(outcomes, "partial")
                .repartition(internal(PARTIALS, PARTIALS_PARTITIONS))
                .merge(notices)
                .process(
                        () -> new MergingProcessor(settings, desk, accounting, listener),
                        Named.as("merge"),
                        COLLECTIONS,
                        MERGE_MARKS)
                .to(Topics.REPORTS.name(), Produced.with(TEXT, BYTES).withName("reports"));
        refused.to(Topics.DEAD_LETTERS.name(), Produced.with(TEXT, BYTES).withName("dead-letters"));
    }

    private KStream<String, byte[]> source(Topic topic, String name) {
        return builder.stream(topic.name(), Consumed.with(TEXT, BYTES).withName(name));
    }

    private KStream<String, byte[]> checked(Topic topic, String name, CheckingProcessor.Check check) {
        return passed(source(topic, name).process(() -> new CheckingProcessor(check), Named.as("check-" + name)), name);
    }

    /** What passed goes on; what was refused is gathered for the dead letters. */
    private KStream<String, byte[]> passed(KStream<String, Outcome> outcomes, String name) {
        KStream<String, byte[]> letters = outcomes.filter(
                        (key, outcome) -> outcome instanceof Outcome.Refused, Named.as(name + "-refused"))
                .mapValues(Outcome::bytes, Named.as(name + "-refused-bytes"));
        refused = refused == null ? letters : refused.merge(letters);
        return outcomes.filter((key, outcome) -> outcome instanceof Outcome.Passed, Named.as(name + "-passed"))
                .mapValues(Outcome::bytes, Named.as(name + "-passed-bytes"));
    }

    private static KeyValue<String, byte[]> endedGeneration(byte[] message) throws RefusedException {
        if (message == null) {
            // A tombstone on a compacted topic removes a job's events: no fault.
            return null;
        }
        JobEvent event = Envelope.decode(message, JobEvent.class);
        String collection = event.getResults().get(COLLECTION_RESULT);
        boolean ended = event.getKind() == JobKind.GENERATION && event.getState() == JobState.SUCCEEDED;
        return ended && collection != null
                ? KeyValue.pair(collection, new Notice.Generated(collection).toBytes())
                : null;
    }

    private static Repartitioned<String, byte[]> internal(String name, int partitions) {
        return Repartitioned.<String, byte[]>as(name)
                .withKeySerde(TEXT)
                .withValueSerde(BYTES)
                .withNumberOfPartitions(partitions);
    }

    private static StoreBuilder<WindowStore<Bytes, byte[]>> window(WindowBytesStoreSupplier store) {
        return Stores.windowStoreBuilder(store, Serdes.Bytes(), BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> keyValue(KeyValueBytesStoreSupplier store) {
        return Stores.keyValueStoreBuilder(store, Serdes.Bytes(), BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
