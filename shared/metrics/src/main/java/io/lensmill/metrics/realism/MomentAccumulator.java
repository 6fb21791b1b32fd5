package io.lensmill.metrics.realism;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Count, mean and centred scatter of embeddings, in double. Blocks are centred on their own mean and joined by the
 * formulas of Chan, Golub and LeVeque 1983, so nothing is lost to cancellation far from the origin. Order-free to
 * rounding; 4 d² bytes serialised, 8 d² in memory.
 */
public final class MomentAccumulator {

    private static final int VERSION = 1;

    private final int dimensions;
    private final double[] mean;
    private final DMatrixRMaj scatter;
    private long count;

    public MomentAccumulator(int dimensions) {
        this(dimensions, 0, new double[dimensions], new DMatrixRMaj(dimensions, dimensions));
    }

    private MomentAccumulator(int dimensions, long count, double[] mean, DMatrixRMaj scatter) {
        this.dimensions = dimensions;
        this.count = count;
        this.mean = mean;
        this.scatter = scatter;
    }

    /** @param embedding d values */
    public void add(float[] embedding) {
        DMatrixRMaj row = new DMatrixRMaj(1, embedding.length);
        for (int i = 0; i < embedding.length; i++) {
            row.data[i] = embedding[i];
        }
        add(row);
    }

    /**
     * Folds a block: one rank-n update, much cheaper than n single ones.
     *
     * @param rows [n, d]
     */
    public void add(DMatrixRMaj rows) {
        if (rows.numRows == 0) {
            return;
        }
        if (rows.numCols != dimensions) {
            throw new IllegalArgumentException(
                    "An embedding must have " + dimensions + " values; got " + rows.numCols + ".");
        }
        double[] blockMean = columnMeans(rows);
        DMatrixRMaj centred = rows.copy();
        centre(centred, blockMean);
        DMatrixRMaj blockScatter = new DMatrixRMaj(dimensions, dimensions);
        CommonOps_DDRM.multInner(centred, blockScatter);
        merge(new MomentAccumulator(dimensions, rows.numRows, blockMean, blockScatter));
    }

    public void merge(MomentAccumulator other) {
        if (other.dimensions != dimensions) {
            throw new IllegalArgumentException(
                    "Moments of " + dimensions + " dimensions cannot be merged with " + other.dimensions + ".");
        }
        if (other.count == 0) {
            return;
        }
        double total = (double) count + other.count;
        double[] shift = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            shift[i] = other.mean[i] - mean[i];
            mean[i] += shift[i] * other.count / total;
        }
        CommonOps_DDRM.addEquals(scatter, other.scatter);
        DMatrixRMaj column = DMatrixRMaj.wrap(dimensions, 1, shift);
        CommonOps_DDRM.multAddTransB(count * (other.count / total), column, column, scatter);
        count += other.count;
    }

    static double[] columnMeans(DMatrixRMaj rows) {
        DMatrixRMaj sums = new DMatrixRMaj(1, rows.numCols);
        CommonOps_DDRM.sumCols(rows, sums);
        CommonOps_DDRM.divide(sums, rows.numRows);
        return sums.data;
    }

    /** Moves the rows in place, so that the given point becomes the origin. */
    static void centre(DMatrixRMaj rows, double[] origin) {
        for (int row = 0, at = 0; row < rows.numRows; row++) {
            for (int column = 0; column < rows.numCols; column++, at++) {
                rows.data[at] -= origin[column];
            }
        }
    }

    public int dimensions() {
        return dimensions;
    }

    public long count() {
        return count;
    }

    public double[] mean() {
        return mean.clone();
    }

    /**
     * Sample covariance [d, d], divided by n - 1.
     *
     * @throws IllegalStateException below two observations
     */
    public DMatrixRMaj covariance() {
        if (count < 2) {
            throw new IllegalStateException("A covariance needs 2 observations or more; got " + count + ".");
        }
        DMatrixRMaj covariance = new DMatrixRMaj(dimensions, dimensions);
        CommonOps_DDRM.divide(scatter, count - 1, covariance);
        return covariance;
    }

    public MomentAccumulator copy() {
        return new MomentAccumulator(dimensions, count, mean.clone(), scatter.copy());
    }

    public byte[] toBytes() {
        return new StateWriter(VERSION)
                .count(dimensions)
                .count(count)
                .reals(mean)
                .reals(PackedSymmetric.pack(scatter))
                .toBytes();
    }

    public static MomentAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("moments", state, VERSION);
        int dimensions = Math.toIntExact(reader.count());
        long count = reader.count();
        double[] mean = reader.reals();
        DMatrixRMaj scatter = PackedSymmetric.unpack(reader.reals(), dimensions);
        reader.end();
        return new MomentAccumulator(dimensions, count, mean, scatter);
    }
}
