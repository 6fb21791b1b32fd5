package io.lensmill.worker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Topics;
import io.lensmill.contracts.UnseenRecords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingWatchTest {

    private static final String GROUP = "readers";
    private static final String TOPIC = Topics.IMAGES.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 2);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final List<UnseenRecords> written = new CopyOnWriteArrayList<>();
    private final UnseenLedger ledger = new UnseenLedger(Map.of(), written::add);
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final ReadingWatch watch = new ReadingWatch(GROUP, ledger, Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aGroupThatWasAwayForTooLongCountsWhatIsGone() {
        // Given
        place(5);
        begin(12);

        // When
        watch.assigned(consumer, List.of(PARTITION));

        // Then
        assertThat(written).containsExactly(gap(5, 12, true));
        assertThat(ledger.foundHere(TOPIC)).isEqualTo(7);
        assertThat(ledger.ofThisWorker()).containsExactly(Map.entry(TOPIC, 7L));
    }

    @Test
    void aGroupWhosePlaceNobodyKnowsCountsAnUpperBound() {
        // Given
        consumer.assign(List.of(PARTITION));
        begin(3);

        // When
        watch.assigned(consumer, List.of(PARTITION));

        // Then
        assertThat(written).containsExactly(gap(0, 3, false));
        assertThat(ledger.all()).containsExactly(new UnseenTotal(GROUP, TOPIC, 3, true, NOON.toEpochMilli()));
    }

    @Test
    void nothingIsMissingWhileTheLogBeginsWhereTheGroupIs() {
        // Given
        place(5);
        begin(5);

        // When
        watch.assigned(consumer, List.of(PARTITION));
        watch.read(records(5, 6, 7));

        // Then
        assertThat(written).isEmpty();
        assertThat(ledger.all()).isEmpty();
    }

    @Test
    void whatIsDeletedBeforeAReadingConsumerIsCountedWithItsNextRecord() {
        // Given
        place(5);
        begin(0);
        watch.assigned(consumer, List.of(PARTITION));
        watch.read(records(5, 6));

        // When: 7 to 19 are gone, and 20 was taken before the log began at 22
        begin(22);
        watch.read(records(20, 21));

        // Then
        assertThat(written).containsExactly(gap(7, 20, true));
    }

    @Test
    void gapsThatTransactionsLeaveAreNoLoss() {
        // Given
        place(5);
        begin(0);
        watch.assigned(consumer, List.of(PARTITION));

        // When: 5 to 7 were rolled back, and 10 is a marker
        watch.read(records(8, 9));
        watch.read(records(11));

        // Then
        assertThat(written).isEmpty();
    }

    @Test
    void whatIsDeletedToTheLastRecordIsSeenWithoutAnother() {
        // Given
        place(5);
        begin(0);
        watch.assigned(consumer, List.of(PARTITION));
        consumer.seek(PARTITION, 5);
        watch.glance(consumer);
        begin(9);
        consumer.seek(PARTITION, 9);

        // When
        watch.glance(consumer);
        watch.glance(consumer);
        watch.read(records(9));

        // Then
        assertThat(written).containsExactly(gap(5, 9, true));
    }

    @Test
    void aGapThatIsFoundAgainCountsOnce() {
        // Given: it was killed before it had committed what came after the gap
        place(5);
        begin(12);
        watch.assigned(consumer, List.of(PARTITION));
        watch.read(records(12, 13));

        // When
        begin(14);
        watch.revoked(List.of(PARTITION));
        watch.assigned(consumer, List.of(PARTITION));

        // Then: 12 and 13 were in hand and are gone as well
        assertThat(written).containsExactly(gap(5, 12, true), gap(5, 14, true));
        assertThat(ledger.foundHere(TOPIC)).isEqualTo(9);
    }

    @Test
    void internalTopicsOfStreamsDeleteWhatWasRead() {
        // Given
        TopicPartition internal = new TopicPartition(GROUP + "-partials-repartition", 0);
        consumer.assign(List.of(internal));
        consumer.updateBeginningOffsets(Map.of(internal, 100L));

        // When
        watch.assigned(consumer, List.of(internal));

        // Then
        assertThat(written).isEmpty();
    }

    private void place(long offset) {
        consumer.assign(List.of(PARTITION));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)));
    }

    private void begin(long offset) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, offset));
    }

    private static UnseenRecords gap(long from, long to, boolean placeKnown) {
        return new UnseenRecords("1.7", GROUP, TOPIC, 2, from, to, placeKnown, NOON);
    }

    private static ConsumerRecords<String, byte[]> records(long... offsets) {
        List<ConsumerRecord<String, byte[]>> list = LongStream.of(offsets)
                .mapToObj(offset -> new ConsumerRecord<>(TOPIC, 2, offset, "key", new byte[0]))
                .toList();
        return new ConsumerRecords<>(Map.of(PARTITION, list), Map.of());
    }
}
