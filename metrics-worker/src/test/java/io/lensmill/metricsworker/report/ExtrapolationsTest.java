package io.lensmill.metricsworker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.reports.estimates.EmbeddingSet;
import io.lensmill.reports.estimates.Extrapolation;
import io.lensmill.reports.estimates.FoldedEmbeddings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtrapolationsTest {

    private static final ReportSettings SETTINGS = new ReportSettings(List.of(Bandwidth.parse("8")), 100, 200, 8, 1);

    private final Random random = new Random(1);
    private final Extrapolations extrapolations = new Extrapolations();
    private final EmbeddingSet reference = new FoldedEmbeddings(filled("real", 150));

    @Test
    void everyChangeCountsWhileAllRowsAreHeld() {
        // Given
        EmbeddingAccumulator made = filled("made", 150);
        Extrapolation before = of(made);
        // When
        Extrapolation same = of(made.copy());
        add(made, "made", 150, 151);
        Extrapolation after = of(made);
        // Then
        assertThat(same).isSameAs(before);
        assertThat(after).isNotSameAs(before);
        assertThat(after.rowsOf()).isEqualTo(151);
    }

    @Test
    void ofASampleOneIsKeptUntilATenthIsNew() {
        // Given
        EmbeddingAccumulator made = filled("made", 2_000);
        Extrapolation before = of(made);
        // When
        add(made, "made", 2_000, 2_040);
        Extrapolation little = of(made);
        add(made, "made", 2_040, 4_000);
        Extrapolation much = of(made);
        // Then
        assertThat(little).isSameAs(before);
        assertThat(little.rowsOf()).isEqualTo(2_000);
        assertThat(much.rowsOf()).isEqualTo(4_000);
    }

    @Test
    void otherValuesUnderTheSameNamesAreNew() {
        // Given
        Extrapolation before = of(filled("made", 300));
        // When
        Extrapolation after = of(filled("made", 300));
        // Then
        assertThat(after.found().value()).isNotEqualTo(before.found().value());
    }

    private Extrapolation of(EmbeddingAccumulator made) {
        return extrapolations.at("m/made", SETTINGS.seed()).between(new FoldedEmbeddings(made), reference);
    }

    private EmbeddingAccumulator filled(String name, int count) {
        EmbeddingAccumulator embeddings = new EmbeddingAccumulator(SETTINGS.embeddings(), 4);
        add(embeddings, name, 0, count);
        return embeddings;
    }

    private void add(EmbeddingAccumulator embeddings, String name, int from, int to) {
        for (int i = from; i < to; i++) {
            float[] values = new float[4];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            embeddings.add(EmbeddingRow.of(name + "/" + i, values));
        }
    }
}
