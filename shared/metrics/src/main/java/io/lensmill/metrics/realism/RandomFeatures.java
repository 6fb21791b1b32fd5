package io.lensmill.metrics.realism;

import io.lensmill.metrics.linear.LinearAlgebra;
import io.lensmill.metrics.numerics.CosineAndSine;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

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
        DMatrixRMaj phases = LinearAlgebra.get().product(rows, omega);
        DMatrixRMaj features = new DMatrixRMaj(rows.numRows, 2 * frequencies);
        double[] angles = new double[frequencies];
        double[] cosines = new double[frequencies];
        double[] sines = new double[frequencies];
        for (int row = 0; row < rows.numRows; row++) {
            System.arraycopy(phases.data, row * frequencies, angles, 0, frequencies);
            CosineAndSine.of(angles, cosines, sines, frequencies);
            interleave(cosines, sines, features.data, 2 * row * frequencies);
        }
        return features;
    }

    private void interleave(double[] cosines, double[] sines, double[] into, int from) {
        double scale = 1 / Math.sqrt(frequencies);
        for (int i = 0; i < cosines.length; i++) {
            into[from + 2 * i] = scale * cosines[i];
            into[from + 2 * i + 1] = scale * sines[i];
        }
    }
}
