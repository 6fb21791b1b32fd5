package io.lensmill.neural;

import io.lensmill.neural.deeplearning4j.Deeplearning4jNetwork;

/** Makes a definition runnable. */
public final class Executors {

    private Executors() {}

    /** As the system properties say, and by default the fastest executor and precision of this machine. */
    public static Network best(NetworkDefinition definition) {
        return open(definition, EngineSettings.fromEnvironment());
    }

    /** @throws IllegalStateException when the settings name an executor or a precision that does not work here */
    public static Network open(NetworkDefinition definition, EngineSettings settings) {
        return deeplearning4j(definition);
    }

    /** A Deeplearning4j graph: the reference, on any ND4J backend. */
    public static Network deeplearning4j(NetworkDefinition definition) {
        return new Deeplearning4jNetwork(definition);
    }
}
