package io.lensmill.metrics.realism;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows as bytes: how they travel and how they wait to be folded. */
public final class RowBlock {

    private static final int VERSION = 1;
    private static final int LEAST_ROW_BYTES = 2 * Long.BYTES + 1;

    private RowBlock() {}

    public static byte[] toBytes(List<EmbeddingRow> rows) {
        StateWriter writer = new StateWriter(VERSION).count(rows.size());
        rows.forEach(row -> writer.whole(row.idHigh()).whole(row.idLow()).floats(row.values()));
        return writer.toBytes();
    }

    public static List<EmbeddingRow> fromBytes(byte[] block) {
        StateReader reader = new StateReader("a block of rows", block, VERSION);
        int size = reader.size(LEAST_ROW_BYTES);
        List<EmbeddingRow> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rows.add(new EmbeddingRow(reader.whole(), reader.whole(), reader.floats()));
        }
        reader.end();
        return rows;
    }
}
