package io.lensmill.neural.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.neural.onednn.MemoryPlan.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void blocksInUseAtTheSameTimeNeverOverlap(long seed) {
        // Given
        Random random = new Random(seed);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int first = random.nextInt(100);
            blocks.add(new Block(1 + random.nextInt(100_000), first, first + random.nextInt(30)));
        }

        // When
        MemoryPlan plan = new MemoryPlan(blocks);

        // Then
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(plan.offset(i) + blocks.get(i).bytes()).isLessThanOrEqualTo(plan.total());
            for (int j = 0; j < i; j++) {
                if (blocks.get(i).meets(blocks.get(j))) {
                    boolean apart = plan.offset(i) + blocks.get(i).bytes() <= plan.offset(j)
                            || plan.offset(j) + blocks.get(j).bytes() <= plan.offset(i);
                    assertThat(apart).as("blocks %d and %d", i, j).isTrue();
                }
            }
        }
    }

    @Test
    void blocksThatFollowEachOtherShareMemory() {
        // Given
        List<Block> chain = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            chain.add(new Block(8192, i, i + 1));
        }

        // When, Then
        assertThat(new MemoryPlan(chain).total()).isEqualTo(2 * 8192);
    }
}
