package io.lensmill.metrics.realism;

import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.numerics.SeededOrder;
import java.util.ArrayList;
import java.util.Arrays;
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
 * the order 1/m would stay. Rows are dealt into blocks; at level k = 1, 2, … the blocks make k disjoint subsets, whose
 * distances are averaged, so every row counts the same at every level. The smallest subsets should have more rows than
 * dimensions: below that the bias is no straight line. {@link Effort} tells how many blocks and levels.
 *
 * @param value the intercept, in squared units of the embedding
 * @param standardError of the value, for the draw of both sets, by the jackknife over the blocks. Measured on normals
 *     in 12 dimensions: right to 10 % for sets that lie far apart, 1.5 times too large for alike ones
 * @param distance the plain Frechet distance of all rows
 * @param distanceError standard error of that, by the same jackknife; its bias is not in it
 * @param slope bias times 1 / (1/n + 1/m)
 * @param smallestSubset rows of the smallest side of the smallest subset
 * @param effort that was made
 */
public record FrechetExtrapolation(
        double value,
        double standardError,
        double distance,
        double distanceError,
        double slope,
        long smallestSubset,
        Effort effort) {

    /** How many distances one extrapolation may take, which are nearly all of its cost. */
    public enum Effort {
        /** A line through whole, halves, thirds and quarters: 58 distances. For a set that is looked at once. */
        THOROUGH(12, 4, 2.200985160082949),
        /**
         * A line through whole and halves, twice the one less the other: 19 distances. For reports that come again and
         * again.
         */
        BRIEF(8, 2, 2.364624251592785);

        private final int blocks;
        private final int levels;
        private final double t95;

        /** @param t95 two-sided 95 % point of Student's t with one degree of freedom less than there are blocks */
        Effort(int blocks, int levels, double t95) {
            this.blocks = blocks;
            this.levels = levels;
            this.t95 = t95;
        }

        /** Blocks that the rows of each side are dealt into; each is left out once for the jackknife. */
        public int blocks() {
            return blocks;
        }

        /** The smallest subsets have one part in so many of the rows. */
        public int levels() {
            return levels;
        }

        /** Rows that each side must have: two for every block. */
        public int leastRows() {
            return 2 * blocks;
        }

        /** Frechet distances behind one extrapolation. */
        public int distances() {
            return IntStream.rangeClosed(1, levels).sum() + levels * blocks;
        }
    }

    /**
     * @param x [n, d], {@link Effort#leastRows} or more
     * @param y [m, d], {@link Effort#leastRows} or more
     * @param seed of the deal, see {@link SeededOrder}
     * @param oneDone called after each of {@link Effort#distances} distances
     */
    public static FrechetExtrapolation of(DMatrixRMaj x, DMatrixRMaj y, long seed, Effort effort, Runnable oneDone) {
        if (Math.min(x.numRows, y.numRows) < effort.leastRows()) {
            throw new IllegalArgumentException("An extrapolation needs " + effort.leastRows()
                    + " rows or more on each side; got " + x.numRows + " and " + y.numRows + ".");
        }
        Deal deal = new Deal(dealt(x, seed, effort), dealt(y, seed, effort), effort, oneDone);
        List<List<Point>> levels = new ArrayList<>();
        for (int level = 1; level <= effort.levels; level++) {
            levels.add(deal.level(level));
        }
        Line line = Line.through(levels.stream().map(Point::mean).toList());
        double[] without = new double[effort.blocks];
        double[] distanceWithout = new double[effort.blocks];
        for (int block = 0; block < effort.blocks; block++) {
            List<Point> means = deal.without(block, levels);
            without[block] = Line.through(means).intercept();
            distanceWithout[block] = means.get(0).distance();
        }
        long smallest = Math.min(x.numRows, y.numRows) / effort.levels;
        return new FrechetExtrapolation(
                line.intercept(),
                jackknife(without),
                levels.get(0).get(0).distance(),
                jackknife(distanceWithout),
                line.slope(),
                smallest,
                effort);
    }

    /** Lower end of the 95 % interval. */
    public double lower() {
        return value - effort.t95 * standardError;
    }

    /** Upper end of the 95 % interval. */
    public double upper() {
        return value + effort.t95 * standardError;
    }

    /** Half the width of the 95 % interval of the plain distance. */
    public double distanceMargin() {
        return effort.t95 * distanceError;
    }

    /**
     * 95 % interval of the plain distance; it is never below 0.
     *
     * @param distance the distance, perhaps of more rows than these
     * @param scale by which its error is larger than that of these rows
     */
    public Interval distanceInterval(double distance, double scale) {
        return new Interval(Math.max(0, distance - scale * distanceMargin()), distance + scale * distanceMargin());
    }

    /** How the intervals are made. */
    public String intervalKind() {
        return "95 %, jackknife over " + effort.blocks + " blocks";
    }

    private static double jackknife(double[] without) {
        double blocks = without.length;
        double mean = Arrays.stream(without).sum() / blocks;
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt((blocks - 1) / blocks * squares);
    }

    private static List<MomentAccumulator> dealt(DMatrixRMaj rows, long seed, Effort effort) {
        DMatrixRMaj ordered = SeededOrder.of(rows, seed);
        List<MomentAccumulator> blocks = new ArrayList<>();
        for (int block = 0; block < effort.blocks; block++) {
            int from = (int) ((long) block * rows.numRows / effort.blocks);
            int to = (int) ((block + 1L) * rows.numRows / effort.blocks);
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
    private record Deal(List<MomentAccumulator> x, List<MomentAccumulator> y, Effort effort, Runnable oneDone) {

        private static final int NONE = -1;

        List<Point> level(int level) {
            List<Point> subsets = new ArrayList<>();
            for (int subset = 0; subset < level; subset++) {
                subsets.add(distance(subset, level, NONE));
            }
            return subsets;
        }

        /** Per level the mean once a block is left out: only the subset that had it changes. */
        List<Point> without(int block, List<List<Point>> levels) {
            List<Point> means = new ArrayList<>();
            for (int level = 1; level <= effort.levels; level++) {
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
            for (int block = subset; block < blocks.size(); block += level) {
                if (block != leftOut) {
                    union.merge(blocks.get(block));
                }
            }
            return union;
        }
    }
}
