package io.lensmill.neural;

import io.lensmill.neural.deeplearning4j.Deeplearning4jNetwork;

/** Makes a definition runnable. */
public final class Executors {

    private Executors() {}

    /** The fastest executor of this machine. */
    public static Network best(NetworkDefinition definition) {
        return deeplearning4j(definition);
    }

    /** A Deeplearning4j graph: the reference, on any ND4J backend. */
    public static Network deeplearning4j(NetworkDefinition definition) {
        return new Deeplearning4jNetwork(definition);
    }
}
