package io.lensmill.metrics.numerics;

import io.lensmill.metrics.linear.LinearAlgebra;
import org.ejml.data.DMatrixRMaj;

/**
 * tr (A^½ B A^½)^½ of two symmetric positive semi-definite matrices: how much two second moments overlap (the square
 * root of Uhlmann's fidelity). The one matrix function behind both the Frechet distance and the relative kernel
 * entropy.
 *
 * <p>With any R for which Rᵀ R = A, the matrix R B Rᵀ has the same eigenvalues, so a triangular root and one symmetric
 * eigenvalue problem do, and no complex number can arise as from a general matrix square root. Eigenvalues that
 * rounding left below d ε times the largest are taken as 0.
 */
public final class Fidelity {

    private Fidelity() {}

    /**
     * @param a [d, d]
     * @param b [d, d], both triangles
     */
    public static double of(DMatrixRMaj a, DMatrixRMaj b) {
        LinearAlgebra algebra = LinearAlgebra.get();
        DMatrixRMaj root = algebra.root(a);
        if (root.numRows == 0) {
            return 0;
        }
        DMatrixRMaj product = new DMatrixRMaj(root.numRows, root.numRows);
        algebra.innerProducts(1, algebra.product(root, b), root, product);
        return sumOfRoots(algebra.eigenvalues(product));
    }

    private static double sumOfRoots(double[] eigenvalues) {
        double largest = 0;
        for (double value : eigenvalues) {
            largest = Math.max(largest, value);
        }
        double noise = largest * eigenvalues.length * Math.ulp(1.0);
        double sum = 0;
        for (double value : eigenvalues) {
            sum += value > noise ? Math.sqrt(value) : 0;
        }
        return sum;
    }
}
