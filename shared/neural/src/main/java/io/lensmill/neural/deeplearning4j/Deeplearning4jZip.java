package io.lensmill.neural.deeplearning4j;

import io.lensmill.neural.Network;
import io.lensmill.neural.Parameters;
import java.io.IOException;
import java.nio.file.Path;

/** Deeplearning4j's own model file of any network: its graph and its weights, without an optimiser's state. */
public final class Deeplearning4jZip {

    private Deeplearning4jZip() {}

    /** @throws IOException when the file cannot be written */
    public static void write(Network network, Path file) throws IOException {
        if (network instanceof Deeplearning4jNetwork graph) {
            graph.writeZip(file);
            return;
        }
        Parameters parameters = network.parameters();
        try (Deeplearning4jNetwork twin = new Deeplearning4jNetwork(network.definition())) {
            parameters.entries().forEach(entry -> twin.parameters()
                    .set(entry.name(), parameters.get(entry.name()).values()));
            twin.writeZip(file);
        }
    }
}
