package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lensmill.jobs.WorkerStoppedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final Outbox outbox = new Outbox(producer);

    @Test
    void writingReturnsOnlyWhenTheBrokerHasEverything() throws Exception {
        // Given
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> outbox.write(List.of(record(1), record(2))));

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
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> outbox.write(List.of(record(1), record(2))));
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
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> outbox.write(List.of(record(1))));
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
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> outbox.write(List.of(record(1))));
        await().until(() -> producer.history().size() == 1);

        // When
        outbox.stop();
        producer.errorNext(new TimeoutException("nobody there"));

        // Then
        assertThatThrownBy(() -> written.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkerStoppedException.class);
    }

    private static ProducerRecord<String, byte[]> record(int key) {
        return new ProducerRecord<>("topic", Integer.toString(key), new byte[] {1});
    }
}
