package io.lensmill.metrics.linear;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.ejml.data.DMatrixRMaj;

/**
 * {@link LinearAlgebra} by OpenBLAS and the LAPACK in it. Each call runs on the thread that makes it: threads of its
 * own, which OpenBLAS would have, cannot be divided between callers; {@link Lanes} does that. Arguments are copied to
 * native memory, a set of buffers per calling thread, so that no call holds up the garbage collector.
 *
 * <p>LAPACK counts down the columns. Symmetric matrices are the same both ways, with upper and lower exchanged, and a
 * transposed matrix has the same singular values.
 */
final class OpenBlas implements LinearAlgebra {

    private static final byte LOWER = 'L';
    private static final byte VALUES_ONLY = 'N';
    /** LAPACK's own: d ε times the largest value of the diagonal. */
    private static final double DEFAULT_TOLERANCE = -1;

    private final ThreadLocal<NativeBuffers> buffers = ThreadLocal.withInitial(NativeBuffers::new);

    private OpenBlas() {}

    /** @throws LinkageError when there is no library for this machine */
    static OpenBlas load() {
        Loader.load(openblas.class);
        openblas_nolapack.blas_set_num_threads(1);
        return new OpenBlas();
    }

    @Override
    public String name() {
        return "OpenBLAS, " + Lanes.count() + (Lanes.count() == 1 ? " thread" : " threads");
    }

    @Override
    public DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        require(a.numCols == b.numRows, a, b);
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        multiply(1, a, b, CblasNoTrans, product);
        return product;
    }

    @Override
    public void innerProducts(double scale, DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj into) {
        require(x.numCols == y.numCols, x, y);
        into.reshape(x.numRows, y.numRows);
        multiply(scale, x, y, CblasTrans, into);
    }

    private void multiply(double scale, DMatrixRMaj a, DMatrixRMaj b, int transposeB, DMatrixRMaj into) {
        NativeBuffers own = buffers.get();
        DoublePointer left = own.filled(0, a);
        DoublePointer right = a == b ? left : own.filled(1, b);
        DoublePointer product = own.room(2, into.getNumElements());
        openblas.cblas_dgemm(
                CblasRowMajor,
                CblasNoTrans,
                transposeB,
                into.numRows,
                into.numCols,
                a.numCols,
                scale,
                left,
                a.numCols,
                right,
                b.numCols,
                0,
                product,
                into.numCols);
        product.get(into.data, 0, into.getNumElements());
    }

    @Override
    public void addGram(DMatrixRMaj rows, DMatrixRMaj into) {
        require(into.numRows == rows.numCols && into.numCols == rows.numCols, rows, into);
        int size = rows.numCols;
        NativeBuffers own = buffers.get();
        DoublePointer sum = own.filled(2, into);
        openblas.cblas_dsyrk(
                CblasRowMajor, CblasUpper, CblasTrans, size, rows.numRows, 1, own.filled(0, rows), size, 1, sum, size);
        sum.get(into.data, 0, size * size);
    }

    /** By Cholesky's decomposition with complete pivoting, which ends where only rounding is left (LAPACK's dpstrf). */
    @Override
    public DMatrixRMaj root(DMatrixRMaj a) {
        requireSquare(a);
        int size = a.numRows;
        double[] lower = new double[size * size];
        int[] pivots = new int[size];
        int[] rank = new int[1];
        NativeBuffers own = buffers.get();
        DoublePointer matrix = own.filled(0, a);
        int info = openblas.LAPACKE_dpstrf(
                LAPACK_COL_MAJOR, LOWER, size, matrix, size, own.pivots(size), own.rank(), DEFAULT_TOLERANCE);
        requireDone(info >= 0, "The root", a);
        matrix.get(lower, 0, size * size);
        own.pivots(size).get(pivots, 0, size);
        own.rank().get(rank, 0, 1);
        return pivoted(lower, pivots, rank[0]);
    }

    /** Column j of the lower triangle becomes row j, its values where they were before the pivoting. */
    private static DMatrixRMaj pivoted(double[] lower, int[] pivots, int rank) {
        int size = pivots.length;
        DMatrixRMaj root = new DMatrixRMaj(rank, size);
        for (int column = 0; column < rank; column++) {
            for (int row = column; row < size; row++) {
                root.data[column * size + pivots[row] - 1] = lower[column * size + row];
            }
        }
        return root;
    }

    @Override
    public double[] eigenvalues(DMatrixRMaj a) {
        requireSquare(a);
        int size = a.numRows;
        NativeBuffers own = buffers.get();
        DoublePointer values = own.room(1, size);
        int info = openblas.LAPACKE_dsyev(LAPACK_COL_MAJOR, VALUES_ONLY, LOWER, size, own.filled(0, a), size, values);
        requireDone(info == 0, "The eigenvalues", a);
        return own.first(values, size);
    }

    @Override
    public double[] singularValues(DMatrixRMaj a) {
        int size = Math.min(a.numRows, a.numCols);
        NativeBuffers own = buffers.get();
        DoublePointer values = own.room(1, size);
        // No vectors are wanted, but their places must not be missing.
        DoublePointer none = own.room(2, 1);
        int info = openblas.LAPACKE_dgesdd(
                LAPACK_COL_MAJOR,
                VALUES_ONLY,
                a.numCols,
                a.numRows,
                own.filled(0, a),
                a.numCols,
                values,
                none,
                1,
                none,
                1);
        requireDone(info == 0, "The singular values", a);
        return own.first(values, size);
    }

    private static void require(boolean holds, DMatrixRMaj a, DMatrixRMaj b) {
        if (!holds) {
            throw new IllegalArgumentException("Matrices of " + a.numRows + " x " + a.numCols + " and " + b.numRows
                    + " x " + b.numCols + " do not fit together.");
        }
    }

    private static void requireSquare(DMatrixRMaj a) {
        require(a.numRows == a.numCols, a, a);
    }

    private static void requireDone(boolean holds, String what, DMatrixRMaj a) {
        if (!holds) {
            throw new ArithmeticException(
                    what + " of a matrix of " + a.numRows + " x " + a.numCols + " did not converge");
        }
    }
}
