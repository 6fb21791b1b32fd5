package io.lensmill.jobs.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeTopicReaderTest {

    private static final String TOPIC = Topics.MODELS.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Node NODE = new Node(0, "127.0.0.1", 9092);
    private static final List<PartitionInfo> PARTITIONS =
            List.of(new PartitionInfo(TOPIC, 0, NODE, new Node[] {NODE}, new Node[] {NODE}));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> handled = new CopyOnWriteArrayList<>();

    @Test
    void readsFromTheFirstRecordAndKnowsTheEnd() throws Exception {
        // Given: two of five records are left by compaction
        MockConsumer<String, byte[]> consumer = consumer(5, "a@1", "b@4");

        // When
        try (WholeTopicReader reader = new WholeTopicReader(() -> consumer, Topics.MODELS, this::handle)) {

            // Then
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("a", "b");
            assertThat(reader.isCaughtUp()).isTrue();
        }
    }

    @Test
    void beginsWithTheLastRecordsWhenAskedTo() throws Exception {
        // Given
        MockConsumer<String, byte[]> consumer = consumer(5, "z@2", "a@3", "b@4");

        // When
        try (WholeTopicReader two = new WholeTopicReader(() -> consumer, Topics.MODELS, 2, this::handle)) {

            // Then
            assertThat(two.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("a", "b");
        }
    }

    @Test
    void beginsWithTheFirstRecordWhenThereAreFewer() throws Exception {
        // Given
        MockConsumer<String, byte[]> consumer = consumer(5, "c@2", "d@3", "e@4");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 2L));

        // When
        try (WholeTopicReader many = new WholeTopicReader(() -> consumer, Topics.MODELS, 100, this::handle)) {

            // Then
            assertThat(many.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("c", "d", "e");
        }
    }

    @Test
    void waitsForWhatHasComeSince() throws Exception {
        // Given
        MockConsumer<String, byte[]> consumer = consumer(1, "a@0");
        try (WholeTopicReader reader = new WholeTopicReader(() -> consumer, Topics.MODELS, this::handle)) {
            reader.awaitCaughtUp(PATIENCE);
            consumer.updateEndOffsets(Map.of(PARTITION, 2L));

            // When
            boolean early = reader.awaitEnd(Duration.ofMillis(300));
            consumer.schedulePollTask(() -> consumer.addRecord(record("b", 1)));

            // Then
            assertThat(early).isFalse();
            assertThat(reader.awaitEnd(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("a", "b");
        }
    }

    @Test
    void passesOverWhatItsHandlerCannotTake() throws Exception {
        // Given
        MockConsumer<String, byte[]> consumer = consumer(2, "bad@0", "b@1");

        // When
        try (WholeTopicReader reader = new WholeTopicReader(() -> consumer, Topics.MODELS, this::handle)) {

            // Then
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("b");
        }
    }

    @Test
    void beginsAgainWhenTheBrokerWasAway() {
        // Given
        MockConsumer<String, byte[]> broken = consumer(1, "a@0");
        broken.setPollException(new KafkaException("the broker is away"));
        Deque<MockConsumer<String, byte[]>> consumers = new ArrayDeque<>(List.of(broken, consumer(1, "a@0")));

        // When
        try (WholeTopicReader reader = new WholeTopicReader(consumers::pop, Topics.MODELS, this::handle)) {

            // Then
            await().until(reader::isCaughtUp);
            assertThat(handled).containsExactly("a");
        }
    }

    @Test
    void waitsForATopicThatWasMadeThisMoment() throws Exception {
        // Given: a broker that does not know the topic yet
        MockConsumer<String, byte[]> consumer = consumer(1, "a@0");
        consumer.updatePartitions(TOPIC, List.of());
        try (WholeTopicReader reader = new WholeTopicReader(() -> consumer, Topics.MODELS, this::handle)) {
            boolean early = reader.awaitCaughtUp(Duration.ofMillis(300));

            // When
            consumer.updatePartitions(TOPIC, PARTITIONS);

            // Then
            assertThat(early).isFalse();
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(handled).containsExactly("a");
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        if (record.key().equals("bad")) {
            throw new IllegalArgumentException("not this one");
        }
        handled.add(record.key());
    }

    private static MockConsumer<String, byte[]> consumer(long end, String... records) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(TOPIC, PARTITIONS);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        for (String text : records) {
            String[] parts = text.split("@", 2);
            consumer.schedulePollTask(() -> consumer.addRecord(record(parts[0], Long.parseLong(parts[1]))));
        }
        return consumer;
    }

    private static ConsumerRecord<String, byte[]> record(String key, long offset) {
        return new ConsumerRecord<>(TOPIC, 0, offset, key, new byte[0]);
    }
}
