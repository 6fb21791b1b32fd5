package io.lensmill.metrics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** What every form of linear algebra promises. */
abstract class LinearAlgebraContract {

    private final LinearAlgebra algebra = algebra();

    abstract LinearAlgebra algebra();

    @Test
    void products() {
        // Given
        DMatrixRMaj a = random(7, 5, 1);
        DMatrixRMaj b = random(5, 3, 2);
        // When
        DMatrixRMaj product = algebra.product(a, b);
        // Then
        for (int row = 0; row < 7; row++) {
            for (int column = 0; column < 3; column++) {
                double sum = 0;
                for (int i = 0; i < 5; i++) {
                    sum += a.get(row, i) * b.get(i, column);
                }
                assertThat(product.get(row, column)).isCloseTo(sum, within(1e-13));
            }
        }
    }

    @Test
    void innerProductsOfTwoSetsAndOfOneWithItself() {
        // Given
        DMatrixRMaj x = random(6, 40, 1);
        DMatrixRMaj y = random(9, 40, 2);
        DMatrixRMaj between = new DMatrixRMaj(1, 1);
        DMatrixRMaj own = new DMatrixRMaj(6, 6);
        // When
        algebra.innerProducts(-2, x, y, between);
        algebra.innerProducts(1, x, x, own);
        // Then
        assertThat(between.data).containsExactly(algebra.product(x, scaledTranspose(-2, y)).data, within(1e-12));
        assertThat(own.data).containsExactly(algebra.product(x, scaledTranspose(1, x)).data, within(1e-12));
    }

    @Test
    void gramMatricesAddUpInTheUpperTriangle() {
        // Given
        DMatrixRMaj rows = random(50, 8, 3);
        DMatrixRMaj sum = CommonOps_DDRM.identity(8);
        // When
        algebra.addGram(rows, sum);
        algebra.addGram(rows, sum);
        // Then
        DMatrixRMaj gram = algebra.product(scaledTranspose(2, rows), rows);
        for (int row = 0; row < 8; row++) {
            for (int column = row; column < 8; column++) {
                double expected = gram.get(row, column) + (row == column ? 1 : 0);
                assertThat(sum.get(row, column)).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void rootsGiveTheMatrixBackWhateverItsRank() {
        for (int rank : List.of(20, 7, 1)) {
            // Given
            DMatrixRMaj matrix = semiDefinite(20, rank);
            // When
            DMatrixRMaj root = algebra.root(matrix);
            // Then
            assertThat(root.numRows).isEqualTo(rank);
            assertThat(algebra.product(scaledTranspose(1, root), root).data)
                    .containsExactly(matrix.data, within(1e-11));
        }
    }

    @Test
    void theRootOfNothingHasNoRows() {
        assertThat(algebra.root(new DMatrixRMaj(5, 5)).numRows).isZero();
    }

    @Test
    void eigenvaluesOfTheUpperTriangle() {
        // Given: eigenvalues 1 and 3; what is below the diagonal must not matter
        DMatrixRMaj matrix = new DMatrixRMaj(2, 2, true, 2, 1, 99, 2);
        // When
        double[] values = algebra.eigenvalues(matrix);
        // Then
        Arrays.sort(values);
        assertThat(values).containsExactly(new double[] {1, 3}, within(1e-14));
        assertThat(matrix.data).containsExactly(2, 1, 99, 2);
    }

    @Test
    void singularValuesOfBothShapes() {
        for (int[] shape : List.of(new int[] {30, 12}, new int[] {12, 30}, new int[] {12, 12})) {
            // Given
            DMatrixRMaj matrix = random(shape[0], shape[1], 4);
            double[] before = matrix.data.clone();
            // When
            double[] values = algebra.singularValues(matrix);
            // Then
            assertThat(values).hasSize(12);
            assertThat(Arrays.stream(values).map(v -> v * v).sum())
                    .isCloseTo(Arrays.stream(before).map(v -> v * v).sum(), within(1e-10));
            assertThat(matrix.data).isEqualTo(before);
        }
    }

    @Test
    void smallSingularValuesKeepTheirDigits() {
        // Given: by the eigenvalues of the squared matrix the last one would be lost
        DMatrixRMaj matrix = CommonOps_DDRM.diag(1, 1e-5, 1e-11);
        // When
        double[] values = algebra.singularValues(matrix);
        // Then
        Arrays.sort(values);
        assertThat(values[0]).isCloseTo(1e-11, within(1e-15));
    }

    @Test
    void callersDoNotDisturbEachOther() {
        // Given
        List<DMatrixRMaj> matrices = IntStream.range(0, 40)
                .mapToObj(i -> semiDefinite(10 + 3 * i, 10 + 3 * i))
                .toList();
        List<Double> expected = matrices.stream().map(this::work).toList();
        // When
        List<Double> found = matrices.parallelStream().map(this::work).toList();
        // Then
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-9 * Math.abs(expected.get(i))));
        }
    }

    private double work(DMatrixRMaj matrix) {
        DMatrixRMaj sum = algebra.product(algebra.root(matrix), matrix);
        algebra.addGram(matrix, sum);
        return Arrays.stream(algebra.singularValues(matrix)).sum()
                + Arrays.stream(algebra.eigenvalues(sum)).max().orElseThrow();
    }

    private static DMatrixRMaj random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Arrays.setAll(matrix.data, i -> random.nextGaussian());
        return matrix;
    }

    private static DMatrixRMaj semiDefinite(int size, int rank) {
        DMatrixRMaj rows = random(rank, size, 5);
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multInner(rows, matrix);
        return matrix;
    }

    private static DMatrixRMaj scaledTranspose(double scale, DMatrixRMaj matrix) {
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(matrix, null);
        CommonOps_DDRM.scale(scale, transposed);
        return transposed;
    }
}
