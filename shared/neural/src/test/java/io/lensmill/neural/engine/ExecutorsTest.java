package io.lensmill.neural.engine;

import static io.lensmill.neural.engine.EngineSettings.Executor.AUTO;
import static io.lensmill.neural.engine.EngineSettings.Executor.DEEPLEARNING4J;
import static io.lensmill.neural.engine.EngineSettings.Executor.ONEDNN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutorsTest {

    private static final Optional<String> NONE = Optional.empty();

    @Test
    void whatIsDoubtedRunsOnlyWhenAskedFor() {
        // Given
        Optional<String> doubt = Optional.of("not known to be right");

        // When / Then
        assertThat(Executors.choose(AUTO, NONE, doubt)).isEqualTo(DEEPLEARNING4J);
        assertThat(Executors.choose(ONEDNN, NONE, doubt)).isEqualTo(ONEDNN);
        assertThat(Executors.choose(AUTO, NONE, NONE)).isEqualTo(ONEDNN);
    }

    @Test
    void whatCannotRunIsReplacedOrRefused() {
        // Given
        Optional<String> fault = Optional.of("no library");

        // When / Then
        assertThat(Executors.choose(AUTO, fault, NONE)).isEqualTo(DEEPLEARNING4J);
        assertThatThrownBy(() -> Executors.choose(ONEDNN, fault, NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no library");
    }
}
