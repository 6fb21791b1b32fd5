package io.lensmill.metrics.realism;

import io.lensmill.metrics.linear.LinearAlgebra;
import io.lensmill.metrics.numerics.Blocks;
import io.lensmill.metrics.numerics.PairMean;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * KID (Binkowski et al. 2018, section 4): the squared maximum mean discrepancy with the kernel k(x,y) = (x·y/d + 1)³,
 * in its unbiased form (Gretton et al. 2012, equation 3). Unlike the Frechet distance it needs no floor: for two
 * samples of one distribution its expectation is 0 at every size, so it may be negative.
 *
 * @param value mean k over pairs within x, plus that within y, minus twice that between x and y; over all rows
 * @param standardError of the value, for the draw of both sets, by the jackknife over their rows (Arvesen 1969); on
 *     average never too small (Efron and Stein 1981), about √2 too large for sets of one distribution; NaN below three
 *     rows on a side
 * @param roundingError what double precision may have added to the value and its error, or taken from them: a few units
 *     in the last place of the largest kernel mean that the rows allow, times the root of their number
 */
public record KernelInceptionDistance(double value, double standardError, double roundingError) {

    /** Of four means of the kernel, each of products and sums of many terms. */
    private static final double UNITS_IN_LAST_PLACE = 16;

    /** KID of embeddings of the usual size is told to 1e-4; what is below this changes no digit of it. */
    private static final double NEGLIGIBLE = 1e-9;

    /**
     * Exact for the rows given, in n·m·d steps and memory for a slice of pairs.
     *
     * @param x [n, d], two rows or more
     * @param y [m, d], two rows or more
     */
    public static KernelInceptionDistance between(DMatrixRMaj x, DMatrixRMaj y) {
        if (x.numCols != y.numCols || x.numRows < 2 || y.numRows < 2) {
            throw new IllegalArgumentException("Two sets of 2 rows or more of one size are needed; got " + x.numRows
                    + " x " + x.numCols + " and " + y.numRows + " x " + y.numCols + ".");
        }
        double[] withinX = within(Blocks.of(x), x.numRows);
        double[] withinY = within(Blocks.of(y), y.numRows);
        double[] fromX = new double[x.numRows];
        double[] fromY = new double[y.numRows];
        addBetween(Blocks.of(x), Blocks.of(y), fromX, fromY);
        // The jackknife's differences of means grow with the root of the rows.
        double grown = UNITS_IN_LAST_PLACE * Math.ulp(1.0) * Math.sqrt(Math.max(x.numRows, y.numRows));
        double rounding = grown * cube(Math.max(meanSquare(x), meanSquare(y)) + 1);
        return of(withinX, withinY, fromX, fromY, rounding);
    }

    /**
     * Whether rounding may be a tenth or more of what the value and its error tell: so it is where the rows lie far
     * from the origin for their spread, since this kernel looks from there. Moving the rows would be another measure.
     */
    public boolean isLostToRounding() {
        return !(roundingError <= Math.max(0.1 * Math.max(Math.abs(value), standardErrorOrZero()), NEGLIGIBLE));
    }

    private double standardErrorOrZero() {
        return Double.isNaN(standardError) ? 0 : standardError;
    }

    /** Of the values, x·x/d on average. */
    private static double meanSquare(DMatrixRMaj rows) {
        double sum = 0;
        for (int i = 0; i < rows.getNumElements(); i++) {
            sum += rows.data[i] * rows.data[i];
        }
        return sum / rows.getNumElements();
    }

    private static double cube(double base) {
        return base * base * base;
    }

    /** Per row the sum of k with all other rows of its set. */
    private static double[] within(List<DMatrixRMaj> blocks, int rows) {
        double[] sums = new double[rows];
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = i; j < blocks.size(); j++) {
                DMatrixRMaj kernel = kernel(blocks.get(i), blocks.get(j));
                for (int row = 0; row < kernel.numRows; row++) {
                    for (int column = i == j ? row + 1 : 0; column < kernel.numCols; column++) {
                        double k = kernel.data[row * kernel.numCols + column];
                        sums[i * Blocks.ROWS + row] += k;
                        sums[j * Blocks.ROWS + column] += k;
                    }
                }
            }
        }
        return sums;
    }

    /** Adds to each row the sum of k with all rows of the other set. */
    private static void addBetween(List<DMatrixRMaj> x, List<DMatrixRMaj> y, double[] fromX, double[] fromY) {
        for (int i = 0; i < x.size(); i++) {
            for (int j = 0; j < y.size(); j++) {
                DMatrixRMaj kernel = kernel(x.get(i), y.get(j));
                for (int row = 0, at = 0; row < kernel.numRows; row++) {
                    for (int column = 0; column < kernel.numCols; column++, at++) {
                        fromX[i * Blocks.ROWS + row] += kernel.data[at];
                        fromY[j * Blocks.ROWS + column] += kernel.data[at];
                    }
                }
            }
        }
    }

    private static DMatrixRMaj kernel(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj kernel = new DMatrixRMaj(x.numRows, y.numRows);
        LinearAlgebra.get().innerProducts(1.0 / x.numCols, x, y, kernel);
        for (int i = 0; i < kernel.data.length; i++) {
            kernel.data[i] = cube(kernel.data[i] + 1);
        }
        return kernel;
    }

    private static KernelInceptionDistance of(
            double[] withinX, double[] withinY, double[] fromX, double[] fromY, double roundingError) {
        PairMean x = PairMean.of(withinX);
        PairMean y = PairMean.of(withinY);
        double between = sum(fromX) / ((double) fromX.length * fromY.length);
        double variance =
                variance(withinX, fromX, x.mean(), fromY.length) + variance(withinY, fromY, y.mean(), fromX.length);
        return new KernelInceptionDistance(x.mean() + y.mean() - 2 * between, Math.sqrt(variance), roundingError);
    }

    /** The jackknife variance that one side adds: how the value moves when each of its rows is left out. */
    private static double variance(double[] within, double[] from, double meanWithin, long others) {
        double n = within.length;
        double pairs = n * (n - 1) * meanWithin;
        double between = sum(from);
        double[] without = new double[within.length];
        for (int i = 0; i < within.length; i++) {
            without[i] = (pairs - 2 * within[i]) / ((n - 1) * (n - 2)) - 2 * (between - from[i]) / ((n - 1) * others);
        }
        double mean = sum(without) / n;
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        return n < 3 ? Double.NaN : (n - 1) / n * squares;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
