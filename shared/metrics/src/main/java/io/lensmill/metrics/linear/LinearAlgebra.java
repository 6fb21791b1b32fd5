package io.lensmill.metrics.linear;

import org.ejml.data.DMatrixRMaj;

/**
 * The dense matrix functions that the metrics spend their time in. There are two forms: {@link OpenBlas}, native, and
 * {@link PlainAlgebra}, in Java, for machines without the native library. Both give the same numbers to rounding, may
 * be called from any number of threads at once, and leave their arguments as they are unless it says otherwise.
 */
public interface LinearAlgebra {

    /**
     * System property that chooses the form: {@code auto} (native where it can be loaded), {@code native},
     * {@code plain}.
     */
    String FORM_PROPERTY = "lensmill.linear.form";

    /** Environment variable of the same meaning; the property goes first. */
    String FORM_VARIABLE = "LENSMILL_LINEAR_FORM";

    /**
     * The form of this process, the same for all of its life.
     *
     * @throws IllegalArgumentException when the setting is none of the three
     * @throws IllegalStateException when it is {@code native} and the native library cannot be loaded
     */
    static LinearAlgebra get() {
        return LinearAlgebraChoice.made();
    }

    /** Who computes, for logs and benchmarks. */
    String name();

    /** a b, with a [n, k] and b [k, m]. */
    DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b);

    /**
     * scale x yᵀ: all inner products between two sets of rows.
     *
     * @param x [n, d]
     * @param y [m, d]
     * @param into becomes [n, m]
     */
    void innerProducts(double scale, DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj into);

    /**
     * into += rowsᵀ rows, in the upper triangle; what stands below the diagonal afterwards is of no use.
     *
     * @param rows [n, d], n above 0
     * @param into [d, d]
     */
    void addGram(DMatrixRMaj rows, DMatrixRMaj into);

    /**
     * A matrix R with Rᵀ R = a. Singular matrices are welcome: what rounding leaves of a direction, d ε times the
     * largest, counts as nothing.
     *
     * @param a [d, d], symmetric, positive semi-definite; the upper triangle counts
     * @return [r, d] with r up to d; no rows at all for a matrix of zeros
     * @throws ArithmeticException when there is no such matrix, for example because a value is not a number
     */
    DMatrixRMaj root(DMatrixRMaj a);

    /**
     * @param a [d, d], symmetric; the upper triangle counts
     * @return d numbers in any order
     * @throws ArithmeticException when they do not converge
     */
    double[] eigenvalues(DMatrixRMaj a);

    /**
     * @param a [n, m], n and m above 0
     * @return as many numbers, 0 or more, as the smaller side has, in any order
     * @throws ArithmeticException when they do not converge
     */
    double[] singularValues(DMatrixRMaj a);
}
