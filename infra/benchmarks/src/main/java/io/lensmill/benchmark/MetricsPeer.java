package io.lensmill.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.lensmill.reading.BoundedJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.ejml.data.DMatrixRMaj;

/** The metrics in NumPy and SciPy: a Python process that has the same rows and waits for what to work out. */
public final class MetricsPeer implements AutoCloseable {

    /** What the peer found, and how long it took without reading the rows. */
    public record Answer(double seconds, double[] values) {}

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private MetricsPeer(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param python interpreter that has numpy and scipy
     * @param script {@code metrics_numpy.py}
     * @param folder where the rows are laid down for it
     */
    public static MetricsPeer start(
            String python, Path script, Path folder, DMatrixRMaj generated, DMatrixRMaj real, List<Double> bandwidths)
            throws IOException {
        Path first = write(folder.resolve("generated.f64"), generated);
        Path second = write(folder.resolve("real.f64"), real);
        String sigmas = bandwidths.stream().map(String::valueOf).collect(Collectors.joining(","));
        return new MetricsPeer(new ProcessBuilder(
                        python,
                        script.toString(),
                        first.toString(),
                        second.toString(),
                        String.valueOf(generated.numCols),
                        sigmas)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Little-endian doubles, row by row. */
    private static Path write(Path file, DMatrixRMaj rows) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(rows.numCols * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel out = FileChannel.open(Files.createFile(file), StandardOpenOption.WRITE)) {
            for (int i = 0; i < rows.numRows; i++) {
                row.clear();
                row.asDoubleBuffer().put(rows.data, i * rows.numCols, rows.numCols);
                while (row.hasRemaining()) {
                    out.write(row);
                }
            }
        }
        return file;
    }

    /** @throws IllegalStateException when the peer has ended */
    Answer ask(String metric) {
        try {
            questions.write(metric + "\n");
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The Python side has ended.");
            }
            JsonNode answer = BoundedJson.tree("the peer's answer", line);
            double[] values = StreamSupport.stream(answer.get("values").spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            return new Answer(answer.get("seconds").asDouble(), values);
        } catch (IOException e) {
            throw new UncheckedIOException("The Python side has ended.", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
