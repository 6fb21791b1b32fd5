package io.lensmill.metricsworker.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.CollectionAction;
import org.junit.jupiter.api.Test;

class CollectionMarksTest {

    private final CollectionMarks marks = new CollectionMarks();

    private void follow(String modelId, CollectionAction action, long number) {
        marks.follow(new CollectionOrder("c", modelId, action, number));
    }

    @Test
    void withoutOrdersACollectionIsOpenAndInItsFirstGeneration() {
        // Given, When, Then
        assertThat(marks.generation("m")).isZero();
        assertThat(marks.resets("m")).isZero();
        assertThat(marks.isClosed("m")).isFalse();
    }

    @Test
    void theNewestOrderDecidesWhetherOfOneModelOrOfAll() {
        // Given
        follow("m", CollectionAction.CLOSE, 3);
        follow("", CollectionAction.REOPEN, 5);
        follow("n", CollectionAction.CLOSE, 6);
        // When, Then
        assertThat(marks.isClosed("m")).isFalse();
        assertThat(marks.isClosed("n")).isTrue();
        assertThat(marks.isClosed("other")).isFalse();
    }

    @Test
    void aResetOpensAndCountsForItsModelsOnly() {
        // Given
        follow("", CollectionAction.RESET, 2);
        follow("", CollectionAction.CLOSE, 4);
        follow("m", CollectionAction.RESET, 7);
        // When, Then
        assertThat(marks.generation("m")).isEqualTo(7);
        assertThat(marks.resets("m")).isEqualTo(2);
        assertThat(marks.isClosed("m")).isFalse();
        assertThat(marks.generation("n")).isEqualTo(2);
        assertThat(marks.resets("n")).isEqualTo(1);
        assertThat(marks.isClosed("n")).isTrue();
    }

    @Test
    void anOrderThatComesTwiceIsFollowedOnce() {
        // Given
        follow("", CollectionAction.RESET, 2);
        // When
        follow("", CollectionAction.RESET, 2);
        // Then
        assertThat(marks.resets("m")).isEqualTo(1);
    }

    @Test
    void survivesItsBytes() {
        // Given
        follow("", CollectionAction.RESET, 2);
        follow("m", CollectionAction.CLOSE, 9);
        // When
        CollectionMarks read = CollectionMarks.fromBytes(marks.toBytes());
        // Then
        assertThat(read.toBytes()).isEqualTo(marks.toBytes());
        assertThat(read.isClosed("m")).isTrue();
        assertThat(read.generation("n")).isEqualTo(2);
    }
}
