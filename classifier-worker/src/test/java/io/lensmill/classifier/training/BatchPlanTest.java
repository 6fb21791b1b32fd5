package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.classifier.training.BatchPlan.Batch;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    @Test
    void everyEpochShowsEachImageOnceUpToOneBatch() {
        // Given
        BatchPlan plan = new BatchPlan(50, 8, true, 3);

        // When
        Set<Integer> seen = new HashSet<>();
        for (int step = 6; step < 12; step++) {
            for (int index : plan.at(step).indexes()) {
                assertThat(seen.add(index)).isTrue();
            }
        }

        // Then
        assertThat(plan.stepsPerEpoch()).isEqualTo(6);
        assertThat(seen).hasSize(48);
    }

    @Test
    void aStepDependsOnItsNumberAloneNotOnWhatWasAskedBefore() {
        // Given
        BatchPlan straight = new BatchPlan(50, 8, true, 3);
        for (int step = 0; step < 20; step++) {
            straight.at(step);
        }

        // When
        Batch expected = straight.at(20);
        Batch resumed = new BatchPlan(50, 8, true, 3).at(20);

        // Then
        assertThat(resumed.indexes()).isEqualTo(expected.indexes());
        assertThat(resumed.symmetries()).isEqualTo(expected.symmetries());
    }

    @Test
    void seedsAndEpochsDiffer() {
        // Given
        BatchPlan plan = new BatchPlan(50, 8, true, 3);

        // Then
        assertThat(plan.at(0).indexes()).isNotEqualTo(plan.at(6).indexes());
        assertThat(plan.at(0).indexes())
                .isNotEqualTo(new BatchPlan(50, 8, true, 4).at(0).indexes());
        assertThat(plan.stepSeed(0)).isNotEqualTo(plan.stepSeed(1));
    }

    @Test
    void fewerImagesThanABatchMakeOneSmallBatch() {
        // Given
        BatchPlan plan = new BatchPlan(5, 32, false, 0);

        // Then
        assertThat(plan.stepsPerEpoch()).isEqualTo(1);
        assertThat(plan.at(0).indexes()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(plan.at(0).symmetries()).containsOnly(0);
    }
}
