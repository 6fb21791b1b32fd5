package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Order, partition and a way through bytes change nothing. */
class FoldsTest {

    private static final EmbeddingSettings SETTINGS = new EmbeddingSettings(200, 16, 7, List.of(2.0, 8.0));

    @Test
    void momentsAreTheSameForEveryOrderAndPartition() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            List<EmbeddingRow> rows = random(random, 150, 5, 1000);
            MomentAccumulator whole = new MomentAccumulator(5);
            whole.add(EmbeddingRow.matrix(rows));
            MomentAccumulator left = new MomentAccumulator(5);
            MomentAccumulator right = new MomentAccumulator(5);
            // When
            Collections.shuffle(rows, random);
            rows.forEach(row -> (random.nextBoolean() ? left : right).add(row.values()));
            left.merge(MomentAccumulator.fromBytes(right.toBytes()));
            // Then
            assertThat(left.count()).isEqualTo(150);
            assertThat(left.mean()).containsExactly(whole.mean(), within(1e-9));
            assertThat(left.covariance().data).containsExactly(whole.covariance().data, within(1e-9));
        }
    }

    @Test
    void momentsAreThoseOfTheTextbook() {
        // Given
        float[][] rows = {{1, 2}, {3, 6}, {8, 1}};
        // When
        MomentAccumulator moments = new MomentAccumulator(2);
        Arrays.stream(rows).forEach(moments::add);
        // Then
        assertThat(moments.mean()).containsExactly(new double[] {4, 3}, within(1e-14));
        assertThat(moments.covariance().data).containsExactly(new double[] {13, -4, -4, 7}, within(1e-13));
    }

    @Test
    void embeddingsAreTheSameForEveryOrderAndPartition() {
        for (int rows : new int[] {2, 150, 200, 201, 1000}) {
            for (int seed = 0; seed < 4; seed++) {
                // Given
                Random random = new Random(seed);
                List<EmbeddingRow> all = random(random, rows, 6, 3);
                EmbeddingAccumulator whole = new EmbeddingAccumulator(SETTINGS, 6);
                all.forEach(whole::add);
                // When
                EmbeddingAccumulator merged = shuffledParts(all, random);
                // Then
                assertSame(merged, whole);
            }
        }
    }

    private static EmbeddingAccumulator shuffledParts(List<EmbeddingRow> rows, Random random) {
        List<EmbeddingAccumulator> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(new EmbeddingAccumulator(SETTINGS, 6));
        }
        Collections.shuffle(rows, random);
        rows.forEach(row -> parts.get(Math.min(2, random.nextInt(5))).add(row));
        EmbeddingAccumulator merged =
                EmbeddingAccumulator.fromBytes(parts.get(0).toBytes(), SETTINGS);
        merged.merge(parts.get(1).copy());
        merged.merge(EmbeddingAccumulator.fromBytes(parts.get(2).toBytes(), SETTINGS));
        return merged;
    }

    private static void assertSame(EmbeddingAccumulator merged, EmbeddingAccumulator whole) {
        assertThat(merged.count()).isEqualTo(whole.count());
        assertThat(merged.isComplete()).isEqualTo(whole.isComplete());
        assertThat(RowBlock.toBytes(merged.sample().rows()))
                .isEqualTo(RowBlock.toBytes(whole.sample().rows()));
        for (int half = 0; half < 2; half++) {
            assertThat(merged.halves().get(half).count())
                    .isEqualTo(whole.halves().get(half).count());
            assertThat(merged.halves().get(half).mean())
                    .containsExactly(whole.halves().get(half).mean(), within(1e-12));
        }
        assertThat(merged.moments().covariance().data)
                .containsExactly(whole.moments().covariance().data, within(1e-11));
        for (double bandwidth : SETTINGS.bandwidths()) {
            assertThat(merged.sketch(bandwidth).isPresent()).isEqualTo(!whole.isComplete());
            merged.sketch(bandwidth).ifPresent(sketch -> assertThat(
                            sketch.modeCount().value())
                    .isCloseTo(whole.sketch(bandwidth).orElseThrow().modeCount().value(), within(1e-9)));
        }
    }

    @Test
    void aCopyStaysAsItWas() {
        for (int rows : new int[] {100, 300}) {
            // Given
            EmbeddingAccumulator original = new EmbeddingAccumulator(SETTINGS, 4);
            random(new Random(1), rows, 4, 1).forEach(original::add);
            EmbeddingAccumulator copy = original.copy();
            byte[] before = copy.toBytes();
            // When
            ReferenceData.rows("more", new float[400][4]).forEach(original::add);
            // Then
            assertThat(copy.toBytes()).isEqualTo(before);
            assertThat(original.count()).isEqualTo(rows + 400L);
        }
    }

    @Test
    void aSketchOfOtherSettingsIsNotPassedOff() {
        // Given
        EmbeddingAccumulator accumulator = new EmbeddingAccumulator(SETTINGS, 4);
        random(new Random(1), 300, 4, 1).forEach(accumulator::add);
        EmbeddingSettings other = new EmbeddingSettings(200, 16, 7, List.of(8.0, 5.0));
        // When
        EmbeddingAccumulator reread = EmbeddingAccumulator.fromBytes(accumulator.toBytes(), other);
        reread.add(EmbeddingRow.of("one-more", new float[4]));
        // Then
        assertThat(reread.sketch(8.0)).isPresent();
        assertThat(reread.sketch(5.0)).isEmpty();
        assertThat(reread.moments().count()).isEqualTo(301);
    }

    @Test
    void sizeIsBounded() {
        // Given
        EmbeddingAccumulator accumulator = new EmbeddingAccumulator(SETTINGS, 8);
        random(new Random(2), 500, 8, 1).forEach(accumulator::add);
        int size = accumulator.toBytes().length;
        // When
        ReferenceData.rows("more", new float[5000][8]).forEach(accumulator::add);
        // Then
        assertThat(accumulator.toBytes().length).isLessThan(size + 16);
    }

    @Test
    void brokenStateIsRefused() {
        // Given
        EmbeddingAccumulator accumulator = new EmbeddingAccumulator(SETTINGS, 4);
        random(new Random(1), 10, 4, 1).forEach(accumulator::add);
        byte[] state = accumulator.toBytes();
        byte[] wrongVersion = state.clone();
        wrongVersion[0] = 99;
        // When / Then
        assertThatThrownBy(() -> EmbeddingAccumulator.fromBytes(wrongVersion, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1; got 99");
        assertThatThrownBy(() -> EmbeddingAccumulator.fromBytes(Arrays.copyOf(state, state.length - 3), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> accumulator.add(EmbeddingRow.of("x", new float[3])))
                .hasMessageContaining("must have 4 values; got 3");
    }

    private static List<EmbeddingRow> random(Random random, int rows, int dimensions, double offset) {
        float[][] values = new float[rows][dimensions];
        for (float[] row : values) {
            for (int i = 0; i < dimensions; i++) {
                row[i] = (float) (offset + random.nextGaussian());
            }
        }
        return ReferenceData.rows("row", values);
    }
}
