package io.lensmill.metrics.realism;

import io.lensmill.metrics.linear.Lanes;
import io.lensmill.metrics.linear.LinearAlgebra;
import io.lensmill.metrics.numerics.GaussianKernel;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

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
        DMatrixRMaj distances = GaussianKernel.squaredDistances(x, y);
        Double[] entropies = new Double[bandwidths.size()];
        Lanes.forEach(entropies.length, b -> entropies[b] = ofDistances(distances, bandwidths.get(b)));
        return List.of(entropies);
    }

    private static double ofDistances(DMatrixRMaj distances, double bandwidth) {
        DMatrixRMaj kernel = GaussianKernel.ofSquares(distances, bandwidth);
        double norm = Arrays.stream(LinearAlgebra.get().singularValues(kernel)).sum();
        return ofOverlap(norm / Math.sqrt((double) kernel.numRows * kernel.numCols));
    }

    /** -2 ln of the overlap; an overlap that rounding lifted above 1 gives 0. */
    static double ofOverlap(double overlap) {
        return Math.max(0, -2 * Math.log(overlap));
    }
}
