package io.lensmill.neural;

import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import java.util.Optional;

/** The executors that must fulfil the same contract. */
public enum ExecutorUnderTest {
    DEEPLEARNING4J(EngineSettings.Executor.DEEPLEARNING4J),
    ONEDNN_FLOAT32(EngineSettings.Executor.ONEDNN);

    private final EngineSettings settings;

    ExecutorUnderTest(EngineSettings.Executor executor) {
        this.settings = new EngineSettings(executor, Optional.of(Precision.FLOAT32));
    }

    public Network open(NetworkDefinition definition) {
        return Executors.open(definition, settings);
    }
}
