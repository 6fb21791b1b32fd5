package io.lensmill.metrics.realism;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * tr (A^½ B A^½)^½ of two symmetric positive semi-definite matrices: how much two second moments overlap (the square
 * root of Uhlmann's fidelity). The one matrix function behind both the Frechet distance and the relative kernel entropy.
 *
 * <p>With A = V Λ Vᵀ the matrix Λ^½ Vᵀ B V Λ^½ has the same eigenvalues, so two symmetric eigen-decompositions do, and
 * no complex number can arise as from a general matrix square root. Eigenvalues that rounding left below d ε times the
 * largest are taken as 0.
 */
final class Fidelity {

    private Fidelity() {}

    static double of(DMatrixRMaj a, DMatrixRMaj b) {
        int size = a.numRows;
        DMatrixRMaj root = root(a);
        DMatrixRMaj half = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multTransA(root, b, half);
        DMatrixRMaj product = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(half, root, product);
        symmetrise(product);
        double sum = 0;
        for (double eigenvalue : clamped(eigen(product, false), size)) {
            sum += Math.sqrt(eigenvalue);
        }
        return sum;
    }

    /** V Λ^½, a matrix L with L Lᵀ = A. */
    private static DMatrixRMaj root(DMatrixRMaj matrix) {
        int size = matrix.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(matrix, true);
        double[] values = clamped(eigen, size);
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        for (int column = 0; column < size; column++) {
            double scale = Math.sqrt(values[column]);
            DMatrixRMaj vector = eigen.getEigenVector(column);
            for (int row = 0; row < size; row++) {
                root.data[row * size + column] = scale * vector.data[row];
            }
        }
        return root;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> eigen(DMatrixRMaj matrix, boolean vectors) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, vectors, true);
        if (!eigen.decompose(matrix.copy())) {
            throw new ArithmeticException(
                    "The eigenvalues of a matrix of size " + matrix.numRows + " did not converge");
        }
        return eigen;
    }

    private static double[] clamped(EigenDecomposition_F64<DMatrixRMaj> eigen, int size) {
        double[] values = new double[size];
        double largest = 0;
        for (int i = 0; i < size; i++) {
            values[i] = eigen.getEigenvalue(i).getReal();
            largest = Math.max(largest, values[i]);
        }
        double noise = largest * size * Math.ulp(1.0);
        for (int i = 0; i < size; i++) {
            values[i] = values[i] > noise ? values[i] : 0;
        }
        return values;
    }

    private static void symmetrise(DMatrixRMaj matrix) {
        int size = matrix.numRows;
        for (int row = 0; row < size; row++) {
            for (int column = row + 1; column < size; column++) {
                double middle = (matrix.data[row * size + column] + matrix.data[column * size + row]) / 2;
                matrix.data[row * size + column] = middle;
                matrix.data[column * size + row] = middle;
            }
        }
    }
}
