package io.lensmill.metrics;

import io.lensmill.metrics.realism.EmbeddingRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inputs whose metrics scikit-learn and SciPy computed; expected.json beside them holds the results. */
public final class ReferenceData {

    private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+),(?: (\\d+))?\\)");

    private ReferenceData() {}

    /** [3000][3] class probabilities. */
    public static float[][] probabilities() {
        return floats("probabilities.npy");
    }

    /** 3000 class numbers, 0 to 2. */
    public static int[] labels() {
        ByteBuffer body = open("labels.npy").body();
        int[] labels = new int[body.remaining() / Integer.BYTES];
        body.asIntBuffer().get(labels);
        return labels;
    }

    /** 1200 rows of 64. */
    public static List<EmbeddingRow> real() {
        return rows("real", floats("features-real.npy"));
    }

    /** 900 rows of 64. */
    public static List<EmbeddingRow> generated() {
        return rows("generated", floats("features-generated.npy"));
    }

    public static List<EmbeddingRow> rows(String name, float[][] values) {
        List<EmbeddingRow> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(EmbeddingRow.of(name + "-" + i, values[i]));
        }
        return rows;
    }

    private static float[][] floats(String file) {
        Npy npy = open(file);
        float[][] values = new float[npy.rows()][npy.columns()];
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = npy.body().getFloat();
            }
        }
        return values;
    }

    private record Npy(int rows, int columns, ByteBuffer body) {}

    private static Npy open(String file) {
        try (InputStream in = ReferenceData.class.getResourceAsStream("/metrics/" + file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = bytes.getShort(8);
            String header = new String(bytes.array(), 10, headerLength, StandardCharsets.US_ASCII);
            Matcher shape = SHAPE.matcher(header);
            if (!shape.find()) {
                throw new IllegalStateException("No shape in " + header);
            }
            int columns = shape.group(2) == null ? 1 : Integer.parseInt(shape.group(2));
            bytes.position(10 + headerLength);
            ByteBuffer body = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            return new Npy(Integer.parseInt(shape.group(1)), columns, body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
