package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BatchesInHandTest {

    private final BatchesInHand inHand = new BatchesInHand(2);

    @Test
    void thereIsRoomUntilAsManyAreInHandAsMayBe() {
        // When
        CompletionStage<Void> first = inHand.take(10);
        CompletionStage<Void> second = inHand.take(5);

        // Then
        assertThat(first).isCompleted();
        assertThat(second.toCompletableFuture()).isNotDone();
        assertThat(inHand.images()).isEqualTo(15);
    }

    @Test
    void aFinishedBatchMakesRoom() {
        // Given
        inHand.take(10);
        CompletionStage<Void> second = inHand.take(5);

        // When
        inHand.finish(10);

        // Then
        assertThat(second).isCompleted();
        assertThat(inHand.images()).isEqualTo(5);
        assertThat(inHand.take(1).toCompletableFuture()).isNotDone();
    }
}
