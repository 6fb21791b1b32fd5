package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.Topics;
import io.lensmill.jobs.WorkerStoppedException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class MessageSenderTest {

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final MessageSender sender = new MessageSender(producer);

    @Test
    void writingReturnsOnlyWhenTheBrokerHasEverything() throws Exception {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.send(List.of(record(1), record(2))));

        // When
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();
        boolean early = written.isDone();
        producer.completeNext();

        // Then
        written.get(10, TimeUnit.SECONDS);
        assertThat(early).isFalse();
    }

    @Test
    void whatTheBrokerDidNotTakeIsSentAgain() throws Exception {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.send(List.of(record(1), record(2))));
        await().until(() -> producer.history().size() == 2);

        // When
        producer.completeNext();
        producer.errorNext(new TimeoutException("nobody there"));
        await().until(() -> producer.history().size() == 3);
        producer.completeNext();

        // Then
        written.get(10, TimeUnit.SECONDS);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("1", "2", "2");
    }

    @Test
    void aDeadLetterThatIsTooLargeGoesWithoutItsValue() throws Exception {
        // Given
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS.name(), "1", new byte[] {1});
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.publish(letter));
        await().until(() -> producer.history().size() == 1);

        // When
        producer.errorNext(new RecordTooLargeException());
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();

        // Then
        written.get(10, TimeUnit.SECONDS);
        assertThat(producer.history().get(1).value()).isEmpty();
    }

    @Test
    void whoWaitsForABrokerThatIsAwayIsSentHomeAtShutdown() throws Exception {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.send(List.of(record(1))));
        await().until(() -> producer.history().size() == 1);

        // When
        sender.stop();
        producer.errorNext(new TimeoutException("nobody there"));

        // Then
        assertThatThrownBy(() -> written.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkerStoppedException.class);
    }

    @Test
    void aResultThatIsTooLargeIsAFaultAndNotTriedForEver() {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.send(List.of(record(1))));
        await().until(() -> producer.history().size() == 1);

        // When
        producer.errorNext(new RecordTooLargeException());

        // Then
        assertThatThrownBy(() -> written.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 bytes is too large for topic");
    }

    @Test
    void somethingElseGoesForAResultThatIsTooLarge() throws Exception {
        // Given
        CompletableFuture<Set<Integer>> substituted = CompletableFuture.supplyAsync(() -> sender.send(
                List.of(record(1), record(2)), (place, why) -> new ProducerRecord<>("other", why, new byte[0])));
        await().until(() -> producer.history().size() == 2);

        // When
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException());
        await().until(() -> producer.history().size() == 3);
        producer.completeNext();

        // Then
        assertThat(substituted.get(10, TimeUnit.SECONDS)).containsExactly(1);
        assertThat(producer.history().get(2).topic()).isEqualTo("other");
        assertThat(producer.history().get(2).key()).isEqualTo("A record of 1 bytes is too large for topic.");
    }

    @Test
    void anAttemptIsOne() {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> sender.attempt(record(1)));
        await().until(() -> producer.history().size() == 1);

        // When
        producer.errorNext(new TimeoutException("nobody there"));

        // Then
        assertThatThrownBy(() -> written.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nobody there");
        assertThat(producer.history()).hasSize(1);
    }

    private static ProducerRecord<String, byte[]> record(int key) {
        return new ProducerRecord<>("topic", Integer.toString(key), new byte[] {1});
    }
}
