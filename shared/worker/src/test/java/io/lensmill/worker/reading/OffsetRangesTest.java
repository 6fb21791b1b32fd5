package io.lensmill.worker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {

    @Test
    void everyOffsetCountsOnceHoweverRangesOverlap() {
        // Given
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            OffsetRanges ranges = new OffsetRanges();
            BitSet truth = new BitSet();
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(60);
                int to = from + random.nextInt(12);
                int before = truth.cardinality();
                truth.set(from, to);

                // When
                long added = ranges.add(from, to);

                // Then
                assertThat(added).isEqualTo(truth.cardinality() - before);
                assertThat(ranges.size()).isEqualTo(truth.cardinality());
            }
        }
    }

    @Test
    void anEmptyRangeIsNone() {
        // Given
        OffsetRanges ranges = new OffsetRanges();

        // When / Then
        assertThat(ranges.add(5, 5)).isZero();
        assertThat(ranges.add(5, 3)).isZero();
        assertThat(ranges.size()).isZero();
    }
}
