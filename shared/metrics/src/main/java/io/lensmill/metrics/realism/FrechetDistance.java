package io.lensmill.metrics.realism;

import io.lensmill.metrics.numerics.Fidelity;
import org.ejml.dense.row.CommonOps_DDRM;

/** The Frechet distance between two Gaussians, in its squared form as "FID" (Heusel et al. 2017, equation 6). */
public final class FrechetDistance {

    /** Below so many embeddings per dimension the distance is mostly bias. */
    public static final int ENOUGH_PER_DIMENSION = 5;

    private FrechetDistance() {}

    /**
     * |m₁ - m₂|² + tr C₁ + tr C₂ - 2 tr (C₁^½ C₂ C₁^½)^½.
     *
     * @param a at least two observations
     * @param b at least two observations of the same dimensions
     * @return 0 or more, in squared units of the embedding
     */
    public static double between(MomentAccumulator a, MomentAccumulator b) {
        var covarianceA = a.covariance();
        var covarianceB = b.covariance();
        double distance = squaredDistance(a.mean(), b.mean())
                + CommonOps_DDRM.trace(covarianceA)
                + CommonOps_DDRM.trace(covarianceB)
                - 2 * Fidelity.of(covarianceA, covarianceB);
        return Math.max(0, distance);
    }

    /**
     * What the distance between two samples of one distribution would be at other sizes: to first order its bias goes
     * as 1/n₁ + 1/n₂.
     *
     * @param distance measured between samples of sizes a and b
     * @param wantedA wanted sizes
     */
    public static double scaled(double distance, long a, long b, long wantedA, long wantedB) {
        return distance * (1.0 / wantedA + 1.0 / wantedB) / (1.0 / a + 1.0 / b);
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
