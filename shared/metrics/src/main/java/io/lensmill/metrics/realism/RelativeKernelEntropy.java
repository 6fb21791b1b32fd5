package io.lensmill.metrics.realism;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Relative Renyi kernel entropy between two sets: -ln ‖K_xy / √(nm)‖²_*, K the kernel matrix between them, ‖·‖_* the
 * sum of its singular values (Jalali, Li and Farnia 2023). 0 when alike; in nats.
 */
public final class RelativeKernelEntropy {

    private RelativeKernelEntropy() {}

    /**
     * Exact for the rows given: one singular value decomposition of [n, m] per bandwidth.
     *
     * @param x one row or more
     * @param y one row or more, of the same size
     * @param bandwidths σ of the kernel exp(-|x-y|² / (2σ²)), each above 0
     * @return one per bandwidth, 0 or more; infinite where the kernel sees no overlap at all
     */
    public static List<Double> exact(List<EmbeddingRow> x, List<EmbeddingRow> y, List<Double> bandwidths) {
        return exact(EmbeddingRow.matrix(x), EmbeddingRow.matrix(y), bandwidths);
    }

    /**
     * Exact for the rows given: one singular value decomposition of [n, m] per bandwidth.
     *
     * @param x [n, d], one row or more; stay as they are
     * @param y [m, d], one row or more
     * @param bandwidths σ of the kernel exp(-|x-y|² / (2σ²)), each above 0
     * @return one per bandwidth, 0 or more; infinite where the kernel sees no overlap at all
     */
    public static List<Double> exact(DMatrixRMaj x, DMatrixRMaj y, List<Double> bandwidths) {
        DMatrixRMaj left = x.copy();
        DMatrixRMaj right = y.copy();
        double[] origin = MomentAccumulator.columnMeans(right);
        MomentAccumulator.centre(left, origin);
        MomentAccumulator.centre(right, origin);
        DMatrixRMaj distances = SquaredDistances.between(left, right);
        List<Double> entropies = new ArrayList<>();
        for (double bandwidth : bandwidths) {
            double norm = nuclearNorm(kernel(distances, bandwidth));
            entropies.add(ofOverlap(norm / Math.sqrt((double) x.numRows * y.numRows)));
        }
        return entropies;
    }

    /** -2 ln of the overlap; an overlap that rounding lifted above 1 gives 0. */
    static double ofOverlap(double overlap) {
        return Math.max(0, -2 * Math.log(overlap));
    }

    private static DMatrixRMaj kernel(DMatrixRMaj distances, double bandwidth) {
        DMatrixRMaj kernel = new DMatrixRMaj(distances.numRows, distances.numCols);
        double scale = -0.5 / (bandwidth * bandwidth);
        for (int i = 0; i < kernel.data.length; i++) {
            kernel.data[i] = Math.exp(scale * distances.data[i]);
        }
        return kernel;
    }

    private static double nuclearNorm(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, false);
        if (!svd.decompose(matrix)) {
            throw new ArithmeticException("The singular values of a kernel matrix of " + matrix.numRows + " x "
                    + matrix.numCols + " did not converge");
        }
        double sum = 0;
        for (int i = 0; i < svd.numberOfSingularValues(); i++) {
            sum += svd.getSingularValues()[i];
        }
        return sum;
    }
}
