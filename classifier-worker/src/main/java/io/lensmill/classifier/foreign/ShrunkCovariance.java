package io.lensmill.classifier.foreign;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The covariance of embeddings, drawn towards a multiple of the identity so far that it can be inverted, whatever the
 * number of images: Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices",
 * section 3.
 */
final class ShrunkCovariance {

    /**
     * Least variance in any direction, as a share of the mean one: a feature that no training image ever had must not
     * make the covariance singular in float32.
     */
    private static final double LEAST_SHARE = 1e-5;

    private ShrunkCovariance() {}

    /**
     * @param centred rows of mean zero, all of one length d, one or more
     * @return [d, d], positive definite
     */
    static DMatrixRMaj of(List<double[]> centred) {
        int n = centred.size();
        int d = centred.get(0).length;
        double[] sample = new double[d * d];
        double fourth = 0;
        for (double[] row : centred) {
            double square = 0;
            for (int i = 0; i < d; i++) {
                double value = row[i];
                square += value * value;
                if (value != 0) {
                    addScaled(value / n, row, sample, i * d);
                }
            }
            fourth += square * square;
        }
        double trace = 0;
        double norm = 0;
        for (int i = 0; i < d; i++) {
            trace += sample[i * d + i];
            for (int j = 0; j < d; j++) {
                norm += sample[i * d + j] * sample[i * d + j];
            }
        }
        double mean = trace / d;
        // All three over d, as in the paper's norm: δ² of the sample from the identity's multiple, β̄² of its own
        // error.
        double distance = (norm - d * mean * mean) / d;
        double error = (fourth / n - norm) / n / d;
        double share = distance <= 0 ? 1 : Math.max(0, Math.min(1, error / distance));
        double floor = mean == 0 ? 1 : Math.max(share * mean, LEAST_SHARE * mean);
        DMatrixRMaj shrunk = new DMatrixRMaj(d, d);
        for (int i = 0; i < d * d; i++) {
            shrunk.data[i] = (1 - share) * sample[i];
        }
        for (int i = 0; i < d; i++) {
            shrunk.data[i * d + i] += floor;
        }
        return shrunk;
    }

    private static void addScaled(double factor, double[] row, double[] into, int offset) {
        for (int j = 0; j < row.length; j++) {
            into[offset + j] += factor * row[j];
        }
    }
}
