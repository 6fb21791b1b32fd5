package io.lensmill.reports.estimates;

import io.lensmill.metrics.numerics.SeededOrder;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.MomentAccumulator;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Embeddings that are all there, as a matrix. */
public final class MatrixEmbeddings extends EmbeddingSet {

    /** Halvings behind the floor: their mean moves less than one of them. */
    private static final int HALVINGS = 5;

    private final DMatrixRMaj rows;
    private final long seed;

    /**
     * @param rows [n, d], n 1 or more; nobody changes them
     * @param seed of the order in which rows are drawn
     */
    public MatrixEmbeddings(DMatrixRMaj rows, long seed) {
        this.rows = rows;
        this.seed = seed;
    }

    @Override
    public long count() {
        return rows.numRows;
    }

    @Override
    public int dimensions() {
        return rows.numCols;
    }

    /** In an order that follows from their values: that of a file often goes by class. */
    @Override
    public DMatrixRMaj rows() {
        return once("rows", () -> SeededOrder.of(rows, seed));
    }

    @Override
    public MomentAccumulator moments() {
        return once("moments", () -> moments(rows));
    }

    @Override
    public HalfDistances halves() {
        return once("halves", this::halved);
    }

    private HalfDistances halved() {
        int half = rows.numRows / 2;
        if (half < 2) {
            return new HalfDistances(half, rows.numRows - half, new double[0], Map.of());
        }
        double[] distances = LongStream.range(0, HALVINGS)
                .mapToDouble(i -> distanceOfHalves(SeededOrder.of(rows, seed + i)))
                .toArray();
        return new HalfDistances(
                half,
                rows.numRows - half,
                distances,
                Map.of(
                        "halvings",
                        String.valueOf(HALVINGS),
                        "seed",
                        String.valueOf(seed),
                        "distanceOfHalvesInFileOrder",
                        String.valueOf(distanceOfHalves(rows))));
    }

    private static double distanceOfHalves(DMatrixRMaj rows) {
        int half = rows.numRows / 2;
        return FrechetDistance.between(
                moments(CommonOps_DDRM.extract(rows, 0, half, 0, rows.numCols)),
                moments(CommonOps_DDRM.extract(rows, half, rows.numRows, 0, rows.numCols)));
    }

    private static MomentAccumulator moments(DMatrixRMaj rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.numCols);
        moments.add(rows);
        return moments;
    }

    /** None is needed: what is computed from the rows is exact. */
    @Override
    public Optional<RandomFeatureAccumulator> sketch(double bandwidth) {
        return Optional.empty();
    }
}
