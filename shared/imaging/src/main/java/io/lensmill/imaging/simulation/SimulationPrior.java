package io.lensmill.imaging.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lensmill.reading.BoundedJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What simulated lenses are drawn from, as a file that people read and edit.
 *
 * @param version of this form
 * @param origin where the numbers come from, in words
 * @param settings the numbers
 */
public record SimulationPrior(String version, String origin, SimulationSettings settings) {

    /** Version of files that are written now. */
    public static final String VERSION = "lensmill-prior-1";

    /** Ours have 2 kB. */
    private static final long MOST_BYTES = 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Reads a file.
     *
     * @throws IOException when it is none, names a wrong value, or is of another version; the message says what
     */
    public static SimulationPrior read(Path file) throws IOException {
        SimulationPrior prior = BoundedJson.file(file, MOST_BYTES, SimulationPrior.class);
        if (!VERSION.equals(prior.version())) {
            throw new IOException(file + " must have \"version\": \"" + VERSION + "\"; got '" + prior.version() + "'");
        }
        if (prior.settings() == null) {
            throw new IOException(file + " lacks 'settings'");
        }
        return prior;
    }

    /** Writes the file; replaces what is there. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }
}
