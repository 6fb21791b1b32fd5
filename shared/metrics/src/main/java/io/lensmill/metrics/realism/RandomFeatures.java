package io.lensmill.metrics.realism;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Random Fourier features of the Gaussian kernel (Rahimi and Recht 2007): φ(x) = [cos ωx, sin ωx] / √r with r
 * frequencies ω drawn from N(0, 1/σ²), so that φ(x)·φ(y) ≈ exp(-|x-y|² / (2σ²)). Sets can be compared only through the
 * same draw, which these four numbers fix on every machine.
 *
 * @param bandwidth σ, above 0
 * @param frequencies r, 3 or more
 * @param seed of the draw
 * @param dimensions d of the embedding
 */
public record RandomFeatures(double bandwidth, int frequencies, long seed, int dimensions) {

    public RandomFeatures {
        if (!(bandwidth > 0) || frequencies < 3) {
            throw new IllegalArgumentException(
                    "Random features need a bandwidth above 0 and 3 frequencies or more; got " + bandwidth + " and "
                            + frequencies + ".");
        }
    }

    /** The frequencies [d, r]. java.util.Random's Gaussians are fixed by its specification. */
    DMatrixRMaj draw() {
        Random random = new Random(31 * seed + Double.hashCode(bandwidth));
        DMatrixRMaj omega = new DMatrixRMaj(dimensions, frequencies);
        for (int i = 0; i < omega.data.length; i++) {
            omega.data[i] = random.nextGaussian() / bandwidth;
        }
        return omega;
    }

    /**
     * @param rows [n, d]
     * @param omega as drawn
     * @return [n, 2r], cosine and sine of one frequency side by side
     */
    DMatrixRMaj of(DMatrixRMaj rows, DMatrixRMaj omega) {
        DMatrixRMaj phases = new DMatrixRMaj(rows.numRows, frequencies);
        CommonOps_DDRM.mult(rows, omega, phases);
        DMatrixRMaj features = new DMatrixRMaj(rows.numRows, 2 * frequencies);
        double scale = 1 / Math.sqrt(frequencies);
        for (int i = 0; i < phases.data.length; i++) {
            features.data[2 * i] = scale * Math.cos(phases.data[i]);
            features.data[2 * i + 1] = scale * Math.sin(phases.data[i]);
        }
        return features;
    }
}
