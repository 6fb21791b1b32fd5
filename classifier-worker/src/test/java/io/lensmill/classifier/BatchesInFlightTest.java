package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BatchesInFlightTest {

    private final BatchesInFlight inFlight = new BatchesInFlight(2);

    @Test
    void thereIsRoomUntilAsManyAreInHandAsMayBe() {
        // When
        CompletionStage<Void> first = inFlight.take(10);
        CompletionStage<Void> second = inFlight.take(5);

        // Then
        assertThat(first).isCompleted();
        assertThat(second.toCompletableFuture()).isNotDone();
        assertThat(inFlight.images()).isEqualTo(15);
    }

    @Test
    void aFinishedBatchMakesRoom() {
        // Given
        inFlight.take(10);
        CompletionStage<Void> second = inFlight.take(5);

        // When
        inFlight.finish(10);

        // Then
        assertThat(second).isCompleted();
        assertThat(inFlight.images()).isEqualTo(5);
        assertThat(inFlight.take(1).toCompletableFuture()).isNotDone();
    }
}
