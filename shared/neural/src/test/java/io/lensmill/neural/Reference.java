package io.lensmill.neural;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Numbers that PyTorch computed, kept as little-endian npy files (version 1, C order, float32, float64 or int32). */
public final class Reference {

    /** Below this a gradient is rounding noise: a bias before a batch norm has the true gradient 0. */
    private static final double SMALLEST_NORM = 0.05;

    private static final Pattern SHAPE = Pattern.compile("'shape': \\(([^)]*)\\)");

    private final String folder;

    public Reference(String folder) {
        this.folder = "/reference/" + folder + "/";
    }

    public JsonNode expected() {
        try (InputStream in = open("expected.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Tensor array(String name) {
        try (InputStream in = open(name + ".npy")) {
            ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = file.getShort(8);
            String header = new String(file.array(), 10, headerLength, StandardCharsets.US_ASCII);
            file.position(10 + headerLength);
            int[] shape = shape(header);
            float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                values[i] = header.contains("<f4")
                        ? file.getFloat()
                        : header.contains("<i4") ? file.getInt() : (float) file.getDouble();
            }
            return new Tensor(values, shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image batch [n, 1, h, w] as [n, h, w, 1]: the same numbers, since there is one channel. */
    public Tensor images(String name) {
        Tensor array = array(name);
        int[] s = array.shape();
        return new Tensor(array.values(), s[0], s[2], s[3], 1);
    }

    /** Sets every parameter of the network to the reference's initial state. */
    public void initialise(Network network) {
        network.parameters().entries().forEach(e -> network.parameters()
                .set(e.name(), array("initial/" + e.name()).values()));
    }

    private static int[] shape(String header) {
        Matcher matcher = SHAPE.matcher(header);
        if (!matcher.find()) {
            throw new IllegalStateException("No shape in " + header);
        }
        return Arrays.stream(matcher.group(1).split(","))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private InputStream open(String name) throws IOException {
        InputStream in = Reference.class.getResourceAsStream(folder + name);
        if (in == null) {
            throw new IOException("No reference file " + folder + name);
        }
        return in;
    }

    /** Euclidean norm of the difference over that of the expected values. */
    public static double relativeDifference(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference) / Math.max(SMALLEST_NORM, Math.sqrt(size));
    }
}
