package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** What a smooth lens leaves of an image. */
final class Residuals {

    /** In pixels: a subhalo dents an arc over one or two, a vortex tears it over four. */
    private static final double[] SCALES = {1, 2, 4};

    /** Where the model's light is at least this part of its peak. */
    private static final double LIT = 0.05;

    /**
     * How strong residuals are.
     *
     * @param value root mean square where there is light, by what a fit leaves of noise alone
     * @param chance standard deviation of that number when there is noise alone
     */
    record Strength(double value, double chance) {}

    private Residuals() {}

    /** (image - model) / standard deviation of the noise; 0 where a pixel is missing. */
    static double[] of(PixelGrid pixels, double[] model, double[] weights) {
        double[] residual = new double[model.length];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = (pixels.values()[i] - model[i]) * weights[i];
        }
        return residual;
    }

    /**
     * As they are, and blurred by each scale. Of noise n a fit leaves n - Σ q (q·n) with the orthonormal directions q
     * of its derivatives, so that pixel i of the blurred residual B has the variance Σ B² - Σ (B q)². Noise that is
     * blurred by σ pixels is as good as independent over 2πσ² of them.
     */
    static List<Strength> strengths(double[] residual, LevenbergMarquardt.End end, double[] weights, int size) {
        boolean[] lit = lit(end, weights);
        double[][] directions = orthonormal(end);
        List<Strength> strengths = new ArrayList<>();
        strengths.add(strength(residual, directions, 1, 1, lit));
        for (double scale : SCALES) {
            GaussianBlur blur = new GaussianBlur(size, scale);
            double[] blurred = residual.clone();
            blur.blur(blurred);
            double[][] blurredDirections = new double[directions.length][];
            for (int k = 0; k < directions.length; k++) {
                blurredDirections[k] = directions[k].clone();
                blur.blur(blurredDirections[k]);
            }
            strengths.add(strength(blurred, blurredDirections, blur.noiseGain(), 2 * Math.PI * scale * scale, lit));
        }
        return strengths;
    }

    private static Strength strength(
            double[] residual, double[][] directions, double gain, double dependent, boolean[] lit) {
        double found = 0;
        double expected = 0;
        for (int i = 0; i < residual.length; i++) {
            if (lit[i]) {
                found += residual[i] * residual[i];
                expected += gain;
                for (double[] direction : directions) {
                    expected -= direction[i] * direction[i];
                }
            }
        }
        return expected > 0
                ? new Strength(Math.sqrt(found / expected), Math.sqrt(dependent * gain / (2 * expected)))
                : new Strength(0, 0);
    }

    private static boolean[] lit(LevenbergMarquardt.End end, double[] weights) {
        double sky = end.value(LensParameter.SKY);
        double peak = 0;
        for (double value : end.image()) {
            peak = Math.max(peak, value - sky);
        }
        boolean[] lit = new boolean[weights.length];
        for (int i = 0; i < lit.length; i++) {
            lit[i] = weights[i] > 0 && end.image()[i] - sky >= LIT * peak;
        }
        return lit;
    }

    /** L⁻¹ times the derivatives, where L Lᵀ is the information; none when that has no such form. */
    private static double[][] orthonormal(LevenbergMarquardt.End end) {
        int count = end.parameters().length;
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(count, true);
        if (!cholesky.decompose(end.information().copy())) {
            return new double[0][];
        }
        DMatrixRMaj lower = cholesky.getT(null);
        double[][] directions = new double[count][];
        for (int p = 0; p < count; p++) {
            double[] direction = end.derivatives()[p].clone();
            for (int other = 0; other < p; other++) {
                double share = lower.get(p, other);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] -= share * directions[other][i];
                }
            }
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= lower.get(p, p);
            }
            directions[p] = direction;
        }
        return directions;
    }
}
