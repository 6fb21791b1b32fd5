package io.lensmill.metrics.realism;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One image in embedding space. The identity is the first 128 bits of the SHA-256 of the image id: it orders rows in a
 * way that has nothing to do with the images, which makes it the seed of every draw among them.
 *
 * @param idHigh first 64 bits
 * @param idLow next 64 bits
 * @param values the embedding; not to be changed
 */
public record EmbeddingRow(long idHigh, long idLow, float[] values) implements Comparable<EmbeddingRow> {

    public static EmbeddingRow of(String imageId, float[] values) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(imageId.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(hash);
            return new EmbeddingRow(bits.getLong(), bits.getLong(), values);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Which of two halves of its collection the row belongs to, 0 or 1: a coin that always falls the same way. */
    public int half() {
        return (int) (idLow & 1);
    }

    /** By identity, unsigned. */
    @Override
    public int compareTo(EmbeddingRow other) {
        int high = Long.compareUnsigned(idHigh, other.idHigh);
        return high != 0 ? high : Long.compareUnsigned(idLow, other.idLow);
    }

    /** Rows as a matrix [n, d]. */
    public static DMatrixRMaj matrix(List<EmbeddingRow> rows) {
        int dimensions = rows.isEmpty() ? 0 : rows.get(0).values.length;
        DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), dimensions);
        int at = 0;
        for (EmbeddingRow row : rows) {
            for (float value : row.values) {
                matrix.data[at++] = value;
            }
        }
        return matrix;
    }
}
