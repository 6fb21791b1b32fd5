package io.lensmill.metrics.realism;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * FID∞ (Chong and Forsyth 2020, section 3): the Frechet distance at infinitely many rows. Its bias goes as 1/n, so
 * distances of subsets lie on a straight line over 1/n, whose intercept is wanted. May be slightly negative for sets of
 * one distribution, where the truth is 0.
 *
 * <p>Unlike in that paper both sets are thinned alike, in equal shares: with the reference kept whole its own bias of
 * the order 1/m would stay. Rows are dealt into {@value #BLOCKS} blocks; at level k = 1 to {@value #LEVELS} the blocks
 * make k disjoint subsets, whose distances are averaged, so every row counts the same at every level. The smallest
 * subsets have a quarter of the rows, which should exceed the dimensions: below that the bias is no straight line.
 *
 * @param value the intercept, in squared units of the embedding
 * @param standardError of the value, for the draw of both sets, by the jackknife over the blocks. Measured on normals
 *     in 12 dimensions: right to 10 % for sets that lie far apart, 1.5 times too large for alike ones
 * @param slope bias times 1 / (1/n + 1/m)
 * @param smallestSubset rows of the smallest side of the smallest subset
 */
public record FrechetExtrapolation(double value, double standardError, double slope, long smallestSubset) {

    /** Blocks that the rows of each side are dealt into. */
    public static final int BLOCKS = 12;

    /** The smallest subsets have this share of the rows, as a whole number. */
    public static final int LEVELS = 4;

    /** Two-sided 95 % point of Student's t with {@value #BLOCKS} - 1 degrees of freedom. */
    private static final double T95 = 2.200985160082949;

    /** Rows that each side must have: two for every block. */
    public static final int LEAST_ROWS = 2 * BLOCKS;

    /**
     * @param x [n, d], {@link #LEAST_ROWS} or more
     * @param y [m, d], {@link #LEAST_ROWS} or more
     * @param seed of the deal, see {@link SeededOrder}
     * @param oneDone called after each of {@link #distances()} distances
     */
    public static FrechetExtrapolation of(DMatrixRMaj x, DMatrixRMaj y, long seed, Runnable oneDone) {
        if (Math.min(x.numRows, y.numRows) < LEAST_ROWS) {
            throw new IllegalArgumentException("An extrapolation needs " + LEAST_ROWS
                    + " rows or more on each side; got " + x.numRows + " and " + y.numRows + ".");
        }
        Deal deal = new Deal(dealt(x, seed), dealt(y, seed), oneDone);
        List<List<Point>> levels = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            levels.add(deal.level(level));
        }
        Line line = Line.through(levels.stream().map(Point::mean).toList());
        double[] without = new double[BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            without[block] = Line.through(deal.without(block, levels)).intercept();
        }
        long smallest = Math.min(x.numRows, y.numRows) / LEVELS;
        return new FrechetExtrapolation(line.intercept(), jackknife(without), line.slope(), smallest);
    }

    /** Lower end of the 95 % interval. */
    public double lower() {
        return value - T95 * standardError;
    }

    /** Upper end of the 95 % interval. */
    public double upper() {
        return value + T95 * standardError;
    }

    /** Frechet distances behind one extrapolation, nearly all of its cost. */
    public static int distances() {
        return IntStream.rangeClosed(1, LEVELS).sum() + LEVELS * BLOCKS;
    }

    private static double jackknife(double[] without) {
        double mean = IntStream.range(0, BLOCKS).mapToDouble(b -> without[b]).sum() / BLOCKS;
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt((BLOCKS - 1.0) / BLOCKS * squares);
    }

    private static List<MomentAccumulator> dealt(DMatrixRMaj rows, long seed) {
        DMatrixRMaj ordered = SeededOrder.of(rows, seed);
        List<MomentAccumulator> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            int from = (int) ((long) block * rows.numRows / BLOCKS);
            int to = (int) ((block + 1L) * rows.numRows / BLOCKS);
            MomentAccumulator moments = new MomentAccumulator(rows.numCols);
            moments.add(CommonOps_DDRM.extract(ordered, from, to, 0, rows.numCols));
            blocks.add(moments);
        }
        return blocks;
    }

    /** A distance, and 1/n + 1/m of the rows that it came from. */
    private record Point(double inverseRows, double distance) {

        static Point mean(List<Point> points) {
            return new Point(
                    points.stream().mapToDouble(Point::inverseRows).average().orElseThrow(),
                    points.stream().mapToDouble(Point::distance).average().orElseThrow());
        }
    }

    /** Least squares. */
    private record Line(double intercept, double slope) {

        static Line through(List<Point> points) {
            Point centre = Point.mean(points);
            double products = 0;
            double squares = 0;
            for (Point point : points) {
                double x = point.inverseRows - centre.inverseRows;
                products += x * (point.distance - centre.distance);
                squares += x * x;
            }
            double slope = products / squares;
            return new Line(centre.distance - slope * centre.inverseRows, slope);
        }
    }

    /** The blocks of both sides. Block b belongs to subset b mod k of level k. */
    private record Deal(List<MomentAccumulator> x, List<MomentAccumulator> y, Runnable oneDone) {

        List<Point> level(int level) {
            List<Point> subsets = new ArrayList<>();
            for (int subset = 0; subset < level; subset++) {
                subsets.add(distance(subset, level, BLOCKS));
            }
            return subsets;
        }

        /** Per level the mean once a block is left out: only the subset that had it changes. */
        List<Point> without(int block, List<List<Point>> levels) {
            List<Point> means = new ArrayList<>();
            for (int level = 1; level <= LEVELS; level++) {
                List<Point> subsets = new ArrayList<>(levels.get(level - 1));
                subsets.set(block % level, distance(block % level, level, block));
                means.add(Point.mean(subsets));
            }
            return means;
        }

        private Point distance(int subset, int level, int leftOut) {
            MomentAccumulator one = union(x, subset, level, leftOut);
            MomentAccumulator other = union(y, subset, level, leftOut);
            double distance = FrechetDistance.between(one, other);
            oneDone.run();
            return new Point(1.0 / one.count() + 1.0 / other.count(), distance);
        }

        private static MomentAccumulator union(List<MomentAccumulator> blocks, int subset, int level, int leftOut) {
            MomentAccumulator union = new MomentAccumulator(blocks.get(0).dimensions());
            for (int block = subset; block < BLOCKS; block += level) {
                if (block != leftOut) {
                    union.merge(blocks.get(block));
                }
            }
            return union;
        }
    }
}
