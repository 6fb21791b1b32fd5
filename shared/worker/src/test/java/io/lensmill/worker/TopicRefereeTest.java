package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TextHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicRefereeTest {

    private static final TopicPartition CANCELLATIONS = new TopicPartition(Topics.JOB_CANCELLATIONS.name(), 0);
    private static final TopicPartition MODELS = new TopicPartition(Topics.MODELS.name(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<ProducerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
    private TopicReferee referee;

    @AfterEach
    void close() {
        referee.close();
    }

    @Test
    void whatNobodyCanReadIsAnsweredAndTheRestIsNot() {
        // Given: JSON, a good one, one with an id that is none, a tombstone where it has no meaning, and where it has
        Map<TopicPartition, List<byte[]>> messages = Map.of(
                CANCELLATIONS,
                List.of(
                        new byte[] {'{', '}'},
                        Envelope.encode(new CancelRequest("1.0", "train-7", "")),
                        Envelope.encode(new CancelRequest("1.0", "../train", "")),
                        new byte[0]));

        // When
        start(messages);

        // Then
        await().until(() -> committed(CANCELLATIONS) == 4);
        assertThat(letters)
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("UNDECODABLE", "INVALID_PARAMETER", "UNDECODABLE");
        assertThat(TextHeaders.of(letters.get(1).headers()).get(DeadLetterHeaders.OFFSET))
                .isEqualTo("2");
    }

    @Test
    void aTombstoneIsAFaultOnlyWhereTheTopicIsNotCompacted() {
        start(Map.of());
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(CANCELLATIONS.topic(), 0, 0, "k", null));
            consumer.addRecord(new ConsumerRecord<>(MODELS.topic(), 0, 0, "k", null));
        });

        await().until(() -> committed(CANCELLATIONS) == 1 && committed(MODELS) == 1);
        assertThat(letters)
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.TOPIC))
                .containsExactly(CANCELLATIONS.topic());
    }

    private void start(Map<TopicPartition, List<byte[]>> messages) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(CANCELLATIONS, MODELS));
            consumer.updateBeginningOffsets(Map.of(CANCELLATIONS, 0L, MODELS, 0L));
            messages.forEach((partition, values) -> {
                for (int i = 0; i < values.size(); i++) {
                    consumer.addRecord(
                            new ConsumerRecord<>(partition.topic(), partition.partition(), i, "k", values.get(i)));
                }
            });
        });
        Map<Topic, TopicReferee.Rule> rules = Map.of(
                Topics.JOB_CANCELLATIONS, Requirements::cancellation,
                Topics.MODELS, Requirements::model);
        referee = new TopicReferee(() -> consumer, rules, letters::add);
    }

    private long committed(TopicPartition partition) {
        var offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
