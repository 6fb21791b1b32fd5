package io.lensmill.imaging.fitting;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Least squares within bounds by damped normal equations (Levenberg 1944, Marquardt 1963). A parameter that presses
 * against its bound is held there, and the others are solved for without it. RATIONALE.md says why the normal equations
 * are made here and not by a library of optimisers.
 */
final class LevenbergMarquardt {

    private static final double FIRST_DAMPING = 1e-3;
    private static final double LESS = 1.0 / 8;
    private static final double MORE = 5;
    private static final int TRIALS = 8;

    /** A length or a brightness changes by no larger factor in a step: far from the end a step knows its sign only. */
    private static final double LARGEST_FACTOR = 2;

    /** One standard error: nearer than this a search that cannot go on has come to its end. */
    private static final double NEAR = 1;

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
     * @param derivatives of the image in units of the noise: [parameter][pixel]
     * @param information inverse of the parameters' covariance, [n, n]
     * @param converged whether an undamped step would change next to nothing
     */
    record End(
            double[] parameters,
            double[] image,
            double chiSquared,
            double[][] derivatives,
            DMatrixRMaj information,
            boolean converged) {

        double value(LensParameter parameter) {
            return parameters[parameter.place()];
        }
    }

    LevenbergMarquardt(SmoothLensModel model, double[] pixels, double[] low, double[] high) {
        this.model = model;
        this.pixels = pixels;
        this.low = low;
        this.high = high;
    }

    /**
     * @param start within the bounds
     * @param weights 1 / standard deviation of each pixel; 0 where there is no pixel
     * @param iterations most steps
     * @param tolerance the search ends when an undamped step promises to lessen chi squared by less than this times chi
     *     squared per pixel: the square of the distance to the end, in standard errors
     */
    End search(double[] start, double[] weights, int iterations, double tolerance) {
        int count = start.length;
        double[][] derivatives = new double[count][pixels.length];
        DMatrixRMaj information = new DMatrixRMaj(count, count);
        double[] gradient = new double[count];
        double[] parameters = start.clone();
        double[] image = model.imageAndDerivatives(parameters, derivatives);
        double chiSquared = chiSquared(image, weights);
        normalEquations(image, weights, derivatives, information, gradient);
        double damping = FIRST_DAMPING;
        double promise = promise(parameters, information, gradient);
        for (int iteration = 0; iteration < iterations; iteration++) {
            double unit = Math.max(1, chiSquared / pixels.length);
            if (promise < tolerance * unit) {
                break;
            }
            boolean better = false;
            for (int trial = 0; trial < TRIALS && !better; trial++) {
                double[] next = moved(parameters, step(parameters, information, gradient, damping));
                double nextChiSquared = chiSquared(model.image(next), weights);
                better = nextChiSquared < chiSquared;
                if (better) {
                    parameters = next;
                    chiSquared = nextChiSquared;
                }
                damping *= better ? LESS : MORE;
            }
            if (!better) {
                break;
            }
            image = model.imageAndDerivatives(parameters, derivatives);
            normalEquations(image, weights, derivatives, information, gradient);
            promise = promise(parameters, information, gradient);
        }
        boolean converged = promise < NEAR * Math.max(1, chiSquared / pixels.length);
        return new End(parameters, image, chiSquared, derivatives, information, converged);
    }

    /** By how much an undamped step would lessen chi squared if the model were linear. */
    private double promise(double[] parameters, DMatrixRMaj information, double[] gradient) {
        double[] step = step(parameters, information, gradient, 0);
        double promise = 0;
        for (int p = 0; p < step.length; p++) {
            promise += step[p] * gradient[p];
        }
        return step.length == 0 || Double.isNaN(promise) ? Double.POSITIVE_INFINITY : promise;
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

    /** The change that is solved for; empty when the equations have no solution. */
    private double[] step(double[] parameters, DMatrixRMaj information, double[] gradient, double damping) {
        boolean[] held = new boolean[parameters.length];
        while (true) {
            double[] step = solution(information, gradient, damping, held);
            int pressing = -1;
            for (int p = 0; p < step.length && pressing < 0; p++) {
                boolean out = step[p] < 0 ? parameters[p] <= low[p] : parameters[p] >= high[p];
                pressing = out && step[p] != 0 ? p : -1;
            }
            if (pressing < 0) {
                return step;
            }
            held[pressing] = true;
        }
    }

    private static double[] solution(DMatrixRMaj information, double[] gradient, double damping, boolean[] held) {
        int count = gradient.length;
        DMatrixRMaj damped = information.copy();
        DMatrixRMaj right = new DMatrixRMaj(count, 1);
        for (int p = 0; p < count; p++) {
            for (int other = 0; other < count && held[p]; other++) {
                damped.set(p, other, 0);
                damped.set(other, p, 0);
            }
            damped.set(p, p, held[p] ? 1 : information.get(p, p) * (1 + damping) + Double.MIN_NORMAL);
            right.set(p, held[p] ? 0 : gradient[p]);
        }
        DMatrixRMaj change = new DMatrixRMaj(count, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(count);
        if (!solver.setA(damped)) {
            return new double[0];
        }
        solver.solve(right, change);
        return change.getData();
    }

    /** Within the bounds, and lengths and brightnesses within a factor. */
    private double[] moved(double[] parameters, double[] step) {
        double[] next = parameters.clone();
        for (int p = 0; p < step.length; p++) {
            double least = low[p];
            double most = high[p];
            if (low[p] >= 0) {
                least = Math.max(least, parameters[p] / LARGEST_FACTOR);
                most = Math.min(most, parameters[p] * LARGEST_FACTOR);
            }
            next[p] = Math.min(most, Math.max(least, parameters[p] + step[p]));
        }
        return next;
    }
}
