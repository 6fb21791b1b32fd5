package io.lensmill.imaging.simulation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.reading.BoundedJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Writes a set of simulated images as a folder: {@code {train,val}/{no,sphere,vort}/NNNNN.npy}, {@code parameters.json}
 * (counts, seed and settings; {@link #read} takes it back) and {@code lenses.jsonl} (what each image shows). The same
 * request gives the same bytes, on any number of threads.
 */
public final class SimulationWriter {

    /** Changes whenever the same request gives other pixels. */
    public static final String VERSION = "lensmill-simulation-2";

    /** Ours have 2 kB. */
    private static final long MOST_SHEET_BYTES = 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper LINES = new ObjectMapper();

    private final SimulationRequest request;
    private final LensSimulator simulator;

    public SimulationWriter(SimulationRequest request) {
        this.request = request;
        this.simulator = new LensSimulator(request.settings());
    }

    /**
     * Writes the set.
     *
     * @param directory is made when missing; must be empty
     * @param threads at least 1
     * @param progress told of every image
     * @throws DirectoryNotEmptyException when there are files already
     * @throws java.io.InterruptedIOException when the thread is interrupted; the folder then lacks parameters.json
     */
    public void write(Path directory, int threads, Progress progress) throws IOException {
        prepare(directory);
        new ParallelWork(threads).run(request.total(), progress, item -> writeImage(directory, item));
        writeLenses(directory.resolve("lenses.jsonl"));
        // Last: who finds it finds a whole set.
        JSON.writeValue(
                directory.resolve("parameters.json").toFile(),
                new Sheet(
                        VERSION,
                        new Counts(request.seed(), request.train(), request.validation()),
                        simulator.settings()));
    }

    /**
     * The request that a set was made from. The settings are the file's own: whatever the model of that name is today,
     * the same bytes come out again.
     *
     * @param file a set's {@code parameters.json}
     * @throws IOException when the file cannot be read, or is of a version that would give other pixels
     */
    public static SimulationRequest read(Path file) throws IOException {
        Sheet sheet = BoundedJson.file(file, MOST_SHEET_BYTES, Sheet.class);
        if (!VERSION.equals(sheet.version())) {
            throw new IOException("The set of " + file + " was made by '" + sheet.version()
                    + "'; this program simulates as '" + VERSION + "'");
        }
        if (sheet.request() == null || sheet.settings() == null) {
            throw new IOException(file + " lacks 'request' or 'settings'");
        }
        Counts counts = sheet.request();
        return new SimulationRequest(sheet.settings(), counts.seed(), counts.train(), counts.validation());
    }

    /** Folder of one class in one half of the set. */
    private Path folder(Path directory, LensClass lensClass, int index) {
        return directory.resolve(index < request.train() ? "train" : "val").resolve(lensClass.label());
    }

    private void prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new DirectoryNotEmptyException(directory.toString());
            }
        }
        for (LensClass lensClass : LensClass.values()) {
            if (request.train() > 0) {
                Files.createDirectories(folder(directory, lensClass, 0));
            }
            if (request.validation() > 0) {
                Files.createDirectories(folder(directory, lensClass, request.train()));
            }
        }
    }

    private void writeImage(Path directory, int item) throws IOException {
        LensClass lensClass = LensClass.inTurn(item);
        int index = item / LensClass.values().length;
        Path file = folder(directory, lensClass, index).resolve(String.format("%05d.npy", index));
        Files.write(file, NpyCodec.encode(simulator.simulate(lensClass, request.seed(), index)));
    }

    private void writeLenses(Path file) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (LensClass lensClass : LensClass.values()) {
                for (int index = 0; index < request.train() + request.validation(); index++) {
                    lines.write(LINES.writeValueAsString(simulator.parameters(lensClass, request.seed(), index)));
                    lines.write("\n");
                }
            }
        }
    }

    /** What parameters.json holds. */
    private record Sheet(String version, Counts request, SimulationSettings settings) {}

    /** Sets of b8a5404 and before repeat model, size and factor here; the settings have them too. */
    @JsonIgnoreProperties({"model", "size", "substructure"})
    private record Counts(long seed, int train, int validation) {}
}
