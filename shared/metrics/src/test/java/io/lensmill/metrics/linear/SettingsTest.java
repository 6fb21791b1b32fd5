package io.lensmill.metrics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void theFormIsChosenByName() {
        assertThat(LinearAlgebraChoice.of("plain").name()).isEqualTo("EJML");
        assertThat(LinearAlgebra.get()).isSameAs(LinearAlgebra.get());
        assertThatThrownBy(() -> LinearAlgebraChoice.of("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lensmill.linear.form must be auto, native or plain; got 'fast'.");
    }

    @Test
    void halfOfTheCoresUnlessToldOtherwise() {
        assertThat(Lanes.count(null, 1)).isEqualTo(1);
        assertThat(Lanes.count(null, 2)).isEqualTo(1);
        assertThat(Lanes.count(null, 16)).isEqualTo(8);
        assertThat(Lanes.count("3", 2)).isEqualTo(3);
        assertThatThrownBy(() -> Lanes.count("0", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lensmill.linear.threads must be a whole number from 1 to 9999; got '0'.");
    }

    @Test
    void everyTaskRunsOnce() {
        // Given
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        // When
        Lanes.forEach(1000, runs::incrementAndGet);
        // Then
        for (int task = 0; task < 1000; task++) {
            assertThat(runs.get(task)).isEqualTo(1);
        }
    }

    @Test
    void aTaskThatFailsIsHeardOf() {
        assertThatThrownBy(() -> Lanes.forEach(8, task -> {
                    throw new IllegalStateException("task " + task);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task");
    }
}
