package io.lensmill.imaging.fitting;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Least squares within bounds by damped normal equations (Levenberg 1944, Marquardt 1963). RATIONALE.md says why the
 * normal equations are made here and not by a library of optimisers.
 */
final class LevenbergMarquardt {

    private static final double FIRST_DAMPING = 1e-3;
    private static final double LESS = 1.0 / 8;
    private static final double MORE = 5;
    private static final int TRIALS = 8;

    private final SmoothLensModel model;
    private final double[] pixels;
    private final double[] low;
    private final double[] high;

    /**
     * Where a search ended.
     *
     * @param parameters the best found
     * @param image the model's image of them
     * @param chiSquared sum of squared deviations in units of the noise
     * @param information inverse of the parameters' covariance, [n, n]
     * @param converged whether the last step changed next to nothing
     */
    record End(double[] parameters, double[] image, double chiSquared, DMatrixRMaj information, boolean converged) {}

    LevenbergMarquardt(SmoothLensModel model, double[] pixels, double[] low, double[] high) {
        this.model = model;
        this.pixels = pixels;
        this.low = low;
        this.high = high;
    }

    /**
     * @param start within the bounds
     * @param weights 1 / standard deviation of each pixel
     * @param iterations most derivatives that are worked out
     * @param tolerance relative change of chi squared at which the search ends
     */
    End search(double[] start, double[] weights, int iterations, double tolerance) {
        int count = start.length;
        double[][] derivatives = new double[count][pixels.length];
        DMatrixRMaj information = new DMatrixRMaj(count, count);
        double[] gradient = new double[count];
        double[] parameters = start.clone();
        double[] image = model.imageAndDerivatives(parameters, derivatives);
        double chiSquared = chiSquared(image, weights);
        double damping = FIRST_DAMPING;
        boolean converged = false;
        for (int iteration = 0; iteration < iterations && !converged; iteration++) {
            normalEquations(image, weights, derivatives, information, gradient);
            boolean better = false;
            for (int trial = 0; trial < TRIALS && !better; trial++) {
                double[] next = step(parameters, information, gradient, damping);
                double[] nextImage = model.image(next);
                double nextChiSquared = chiSquared(nextImage, weights);
                if (nextChiSquared < chiSquared) {
                    better = true;
                    converged = chiSquared - nextChiSquared < tolerance * chiSquared;
                    parameters = next;
                    chiSquared = nextChiSquared;
                    damping *= LESS;
                } else {
                    damping *= MORE;
                }
            }
            if (!better) {
                // No direction leads down: this is the place, to the accuracy of the arithmetic.
                converged = true;
                break;
            }
            image = model.imageAndDerivatives(parameters, derivatives);
        }
        normalEquations(image, weights, derivatives, information, gradient);
        return new End(parameters, image, chiSquared, information, converged);
    }

    private double chiSquared(double[] image, double[] weights) {
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            double deviation = (pixels[i] - image[i]) * weights[i];
            sum += deviation * deviation;
        }
        return Double.isFinite(sum) ? sum : Double.POSITIVE_INFINITY;
    }

    private void normalEquations(
            double[] image, double[] weights, double[][] derivatives, DMatrixRMaj information, double[] gradient) {
        int count = gradient.length;
        for (int i = 0; i < image.length; i++) {
            for (int p = 0; p < count; p++) {
                derivatives[p][i] *= weights[i];
            }
        }
        for (int p = 0; p < count; p++) {
            double[] first = derivatives[p];
            double sum = 0;
            for (int i = 0; i < image.length; i++) {
                sum += first[i] * (pixels[i] - image[i]) * weights[i];
            }
            gradient[p] = sum;
            for (int other = 0; other <= p; other++) {
                double[] second = derivatives[other];
                double product = 0;
                for (int i = 0; i < first.length; i++) {
                    product += first[i] * second[i];
                }
                information.set(p, other, product);
                information.set(other, p, product);
            }
        }
    }

    private double[] step(double[] parameters, DMatrixRMaj information, double[] gradient, double damping) {
        int count = parameters.length;
        DMatrixRMaj damped = information.copy();
        for (int p = 0; p < count; p++) {
            damped.set(p, p, information.get(p, p) * (1 + damping) + Double.MIN_NORMAL);
        }
        DMatrixRMaj change = new DMatrixRMaj(count, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(count);
        double[] next = parameters.clone();
        if (!solver.setA(damped)) {
            return next;
        }
        solver.solve(new DMatrixRMaj(count, 1, true, gradient), change);
        for (int p = 0; p < count; p++) {
            next[p] = Math.min(high[p], Math.max(low[p], parameters[p] + change.get(p)));
        }
        return next;
    }
}
