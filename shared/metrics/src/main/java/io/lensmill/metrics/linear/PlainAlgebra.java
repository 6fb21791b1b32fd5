package io.lensmill.metrics.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** {@link LinearAlgebra} by EJML: plain Java, on the thread that calls. */
final class PlainAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    @Override
    public void innerProducts(double scale, DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj into) {
        into.reshape(x.numRows, y.numRows);
        CommonOps_DDRM.multTransB(scale, x, y, into);
    }

    @Override
    public void addGram(DMatrixRMaj rows, DMatrixRMaj into) {
        DMatrixRMaj gram = new DMatrixRMaj(rows.numCols, rows.numCols);
        CommonOps_DDRM.multInner(rows, gram);
        CommonOps_DDRM.addEquals(into, gram);
    }

    /** With a = V Λ Vᵀ, Λ^½ Vᵀ, without the rows that are 0. */
    @Override
    public DMatrixRMaj root(DMatrixRMaj a) {
        int size = a.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(a, true);
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        double noise = largest * size * Math.ulp(1.0);
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        int rank = 0;
        for (int i = 0; i < size; i++) {
            double value = eigen.getEigenvalue(i).getReal();
            if (value > noise) {
                DMatrixRMaj vector = eigen.getEigenVector(i);
                CommonOps_DDRM.scale(Math.sqrt(value), vector);
                System.arraycopy(vector.data, 0, root.data, rank++ * size, size);
            }
        }
        root.reshape(rank, size, true);
        return root;
    }

    @Override
    public double[] eigenvalues(DMatrixRMaj a) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(a, false);
        double[] values = new double[a.numRows];
        for (int i = 0; i < values.length; i++) {
            values[i] = eigen.getEigenvalue(i).getReal();
        }
        return values;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> eigen(DMatrixRMaj a, boolean vectors) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(a.numRows, vectors, true);
        if (!eigen.decompose(Symmetric.ofUpper(a))) {
            throw new ArithmeticException(
                    "The eigenvalues of a matrix of " + a.numRows + " x " + a.numCols + " did not converge");
        }
        return eigen;
    }

    @Override
    public double[] singularValues(DMatrixRMaj a) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, false);
        if (!svd.decompose(a.copy())) {
            throw new ArithmeticException(
                    "The singular values of a matrix of " + a.numRows + " x " + a.numCols + " did not converge");
        }
        double[] values = new double[svd.numberOfSingularValues()];
        System.arraycopy(svd.getSingularValues(), 0, values, 0, values.length);
        return values;
    }
}
