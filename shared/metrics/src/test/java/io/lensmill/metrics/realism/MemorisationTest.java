package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import io.lensmill.metrics.numerics.Blocks;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class MemorisationTest {

    @Test
    void agreesWithNumPyOnTheReference() {
        // Given
        DMatrixRMaj real = EmbeddingRow.matrix(ReferenceData.real());
        DMatrixRMaj generated = EmbeddingRow.matrix(ReferenceData.generated());
        // When
        Memorisation found = Memorisation.of(generated, real);
        // Then
        assertThat(found.threshold()).isCloseTo(6.444538432022021, within(1e-9));
        assertThat(found.medianReal()).isCloseTo(7.86695265763108, within(1e-9));
        assertThat(found.medianGenerated()).isCloseTo(12.190672019233736, within(1e-9));
        assertThat(found.closest()).isCloseTo(10.038747796579823, within(1e-9));
        assertThat(found.nearer()).isZero();
    }

    @Test
    void freshDrawsShowLittleMoreThanOneInAHundred() {
        // Given
        double share = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            DMatrixRMaj training = GaussianRows.draw(random, 2000, 6, 0, 1);
            DMatrixRMaj generated = GaussianRows.draw(random, 2000, 6, 0, 1);
            // When
            share += Memorisation.of(generated, training).share() / 20;
        }
        // Then: 0.01 + 2/2000 expected, standard error of this mean 0.0008
        assertThat(share).isBetween(0.009, 0.013);
    }

    @Test
    void findsTheCopies() {
        // Given: 100 fresh draws, 20 copies and 30 copies with a little noise, far from the origin
        Random random = new Random(5);
        DMatrixRMaj training = GaussianRows.draw(random, 600, 16, 1000, 1);
        DMatrixRMaj generated = GaussianRows.draw(random, 150, 16, 1000, 1);
        CommonOps_DDRM.insert(CommonOps_DDRM.extract(training, 40, 90, 0, 16), generated, 100, 0);
        DMatrixRMaj noise = GaussianRows.draw(random, 30, 16, 0, 0.05);
        for (int i = 0; i < noise.data.length; i++) {
            generated.data[120 * 16 + i] += noise.data[i];
        }
        // When
        Memorisation found = Memorisation.of(generated, training);
        // Then
        assertThat(found.nearer()).isBetween(50L, 54L);
        assertThat(found.closest()).isZero();
        assertThat(found.generated()).isEqualTo(150);
        assertThat(found.training()).isEqualTo(600);
    }

    @Test
    void isTheDefinitionWrittenOut() {
        // Given: on a line, nearest other distances 1, 1, 2, 4
        DMatrixRMaj training = new DMatrixRMaj(4, 1, true, 0, 1, 3, 7);
        DMatrixRMaj generated = new DMatrixRMaj(3, 1, true, 3.5, 100, -1.01);
        // When
        Memorisation found = Memorisation.of(generated, training);
        // Then: 0.5, 93 and 1.01 to the nearest
        assertThat(found.threshold()).isCloseTo(1, within(1e-12));
        assertThat(found.nearer()).isEqualTo(1);
        assertThat(found.medianReal()).isCloseTo(1.5, within(1e-12));
        assertThat(found.medianGenerated()).isCloseTo(1.01, within(1e-12));
    }

    @Test
    void isTheSameForEveryOrderAndBlock() {
        for (int seed = 0; seed < 5; seed++) {
            // Given
            Random random = new Random(seed);
            DMatrixRMaj training = GaussianRows.draw(random, 2 * Blocks.ROWS + 7, 3, 0, 1);
            DMatrixRMaj generated = GaussianRows.draw(random, 300, 3, 0, 0.9);
            Memorisation found = Memorisation.of(generated, training);
            // When
            Memorisation shuffled =
                    Memorisation.of(GaussianRows.shuffled(generated, random), GaussianRows.shuffled(training, random));
            // Then
            assertThat(shuffled).isEqualTo(found);
        }
    }

    @Test
    void refusesSetsThatDoNotFit() {
        assertThatThrownBy(() -> Memorisation.of(new DMatrixRMaj(3, 2), new DMatrixRMaj(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 3 x 2 and 1 x 2");
    }
}
