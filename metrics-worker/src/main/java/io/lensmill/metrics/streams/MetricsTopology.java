package io.lensmill.metrics.streams;

import io.lensmill.contracts.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
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
 * classifications ─► fold (per partition: check, de-duplicate, buffer) ─► partials, by model id ─► merge ─► reports
 *                      └─► dead letters
 * </pre>
 */
public final class MetricsTopology {

    static final String SEEN = "seen";
    static final String PENDING = "pending";
    static final String COLLECTIONS = "collections";
    private static final String PARTIALS = "partials";

    /** Tasks of the second level, and so the most instances that can share models among them. */
    private static final int PARTIALS_PARTITIONS = 4;

    /** Images are looked up one by one; the windows of their store only decide when they are forgotten. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topics.MAX_MESSAGE_BYTES));

    private MetricsTopology() {}

    /** With its state on disk. */
    public static Topology build(TopologySettings settings, ReportDesk desk, Accounting accounting) {
        return build(
                settings,
                desk,
                accounting,
                Stores.persistentWindowStore(SEEN, settings.seenRetention(), WINDOW, false),
                Stores::persistentKeyValueStore);
    }

    /** With stores of the caller's choice. */
    static Topology build(
            TopologySettings settings,
            ReportDesk desk,
            Accounting accounting,
            WindowBytesStoreSupplier seen,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(window(seen));
        builder.addStateStore(keyValue(stores.apply(PENDING)));
        builder.addStateStore(keyValue(stores.apply(COLLECTIONS)));

        KStream<String, Outcome> outcomes = builder.stream(
                        Topics.CLASSIFICATIONS.name(),
                        Consumed.with(TEXT, BYTES).withName("classifications"))
                .process(() -> new FoldingProcessor(settings, accounting), Named.as("fold"), SEEN, PENDING);

        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Refused, Named.as("refused"))
                .mapValues(Outcome::bytes, Named.as("refused-bytes"))
                .to(Topics.DEAD_LETTERS.name(), Produced.with(TEXT, BYTES).withName("dead-letters"));

        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Partial, Named.as("partial"))
                .mapValues(Outcome::bytes, Named.as("partial-bytes"))
                .repartition(Repartitioned.<String, byte[]>as(PARTIALS)
                        .withKeySerde(TEXT)
                        .withValueSerde(BYTES)
                        .withNumberOfPartitions(PARTIALS_PARTITIONS))
                .process(() -> new MergingProcessor(settings, desk, accounting), Named.as("merge"), COLLECTIONS)
                .to(Topics.REPORTS.name(), Produced.with(TEXT, BYTES).withName("reports"));
        return builder.build();
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
