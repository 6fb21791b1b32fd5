package io.lensmill.classifier.foreign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * The Mahalanobis distance to the nearest of several groups with a common covariance (Lee et al. 2018, "A simple
 * unified framework for detecting out-of-distribution samples and adversarial attacks", equation 2).
 *
 * @param whitening [d, d] W with Wᵀ W the inverse of the covariance, lower triangular; by columns, so that what a
 *     feature adds to each whitened coordinate lies side by side
 * @param means of the groups, whitened
 */
record Mahalanobis(float[] whitening, float[][] means) {

    /**
     * @param rows at least one, all of one length and finite
     * @param groups of each row, from 0; a group may be empty
     */
    static Mahalanobis fit(List<float[]> rows, int[] groups) {
        double[][] centres = means(rows, groups);
        List<double[]> centred = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            centred.add(difference(rows.get(i), centres[groups[i]]));
        }
        float[] whitening = whitening(ShrunkCovariance.of(centred));
        float[][] means = Arrays.stream(centres)
                .filter(centre -> centre != null)
                .map(centre -> whitened(whitening, floats(centre)))
                .toArray(float[][]::new);
        return new Mahalanobis(whitening, means);
    }

    int dimensions() {
        return means[0].length;
    }

    /** @param row of {@link #dimensions} values */
    double distance(float[] row) {
        float[] whitened = whitened(whitening, row);
        double least = Double.POSITIVE_INFINITY;
        for (float[] mean : means) {
            double sum = 0;
            for (int j = 0; j < mean.length; j++) {
                double difference = whitened[j] - mean[j];
                sum += difference * difference;
            }
            least = Math.min(least, sum);
        }
        return Math.sqrt(least);
    }

    /** Null for a group without rows. */
    private static double[][] means(List<float[]> rows, int[] groups) {
        int count = Arrays.stream(groups).max().orElseThrow() + 1;
        double[][] sums = new double[count][];
        int[] members = new int[count];
        for (int i = 0; i < groups.length; i++) {
            float[] row = rows.get(i);
            int group = groups[i];
            if (sums[group] == null) {
                sums[group] = new double[row.length];
            }
            members[group]++;
            for (int j = 0; j < row.length; j++) {
                sums[group][j] += row[j];
            }
        }
        for (int group = 0; group < count; group++) {
            if (sums[group] != null) {
                for (int j = 0; j < sums[group].length; j++) {
                    sums[group][j] /= members[group];
                }
            }
        }
        return sums;
    }

    private static double[] difference(float[] row, double[] centre) {
        double[] difference = new double[centre.length];
        for (int j = 0; j < centre.length; j++) {
            difference[j] = row[j] - centre[j];
        }
        return difference;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] whitening(DMatrixRMaj covariance) {
        int d = covariance.numRows;
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covariance)) {
            throw new IllegalArgumentException("The covariance has no inverse: a value is not finite");
        }
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        CommonOps_DDRM.invert(cholesky.getT(null), inverse);
        float[] columns = new float[d * d];
        for (int row = 0; row < d; row++) {
            for (int column = 0; column < d; column++) {
                columns[column * d + row] = (float) inverse.get(row, column);
            }
        }
        return columns;
    }

    private static float[] whitened(float[] whitening, float[] row) {
        int d = row.length;
        float[] sums = new float[d];
        for (int column = 0; column < d; column++) {
            float value = row[column];
            int offset = column * d;
            // The inverse of a lower triangle is one: nothing stands above the diagonal.
            for (int i = column; i < d; i++) {
                sums[i] += value * whitening[offset + i];
            }
        }
        return sums;
    }
}
