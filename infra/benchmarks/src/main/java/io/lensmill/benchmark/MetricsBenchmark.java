package io.lensmill.benchmark;

import io.lensmill.metrics.linear.Lanes;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.KernelEntropy;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * How long the metrics take that compare many rows, from the rows to the number, on two generated sets; with a peer, in
 * turns with it on the same rows.
 */
public final class MetricsBenchmark {

    /** σ of the kernels: from one that tells most rows apart to one that sees a few modes. */
    public static final List<Double> BANDWIDTHS = List.of(4.0, 8.0, 16.0, 32.0);

    /** Both sides must find the same, in units of the value. */
    public static final double TOLERANCE = 1e-6;

    /** What is measured. */
    public enum Metric {
        /** Moments of both sets and the Frechet distance. */
        FID,
        /** Mode counts of the first set from all pairs, one per bandwidth. */
        RKE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final DMatrixRMaj generated;
    private final DMatrixRMaj real;
    private final MetricsPeer peer;

    /** @param peer null to measure alone */
    public MetricsBenchmark(DMatrixRMaj generated, DMatrixRMaj real, MetricsPeer peer) {
        this.generated = generated;
        this.real = real;
        this.peer = peer;
    }

    /**
     * Normal rows whose columns scatter less and less, as those of embeddings do.
     *
     * @param shift of every column's mean, so that two sets differ
     */
    public static DMatrixRMaj draw(int rows, int dimensions, double shift, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj drawn = new DMatrixRMaj(rows, dimensions);
        for (int i = 0; i < drawn.data.length; i++) {
            drawn.data[i] = shift + random.nextGaussian() * (0.1 + 8.0 / (8 + i % dimensions));
        }
        return drawn;
    }

    /**
     * One round, ours first.
     *
     * @throws IllegalStateException when the peer finds something else
     */
    public MetricsFigure round(Metric metric) {
        long start = System.nanoTime();
        double[] values = metric == Metric.FID ? frechet() : modeCounts();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (peer == null) {
            return new MetricsFigure(metric.id(), seconds, Double.NaN, values, new double[0]);
        }
        MetricsPeer.Answer answer = peer.ask(metric.id());
        MetricsFigure figure = new MetricsFigure(metric.id(), seconds, answer.seconds(), values, answer.values());
        if (!(figure.difference() <= TOLERANCE)) {
            throw new IllegalStateException("The two sides do not agree: " + figure.toJson());
        }
        return figure;
    }

    private double[] frechet() {
        List<DMatrixRMaj> sides = List.of(generated, real);
        MomentAccumulator[] moments = new MomentAccumulator[sides.size()];
        Lanes.forEach(moments.length, side -> {
            moments[side] = new MomentAccumulator(sides.get(side).numCols);
            moments[side].add(sides.get(side));
        });
        return new double[] {FrechetDistance.between(moments[0], moments[1])};
    }

    private double[] modeCounts() {
        KernelEntropy entropy = KernelEntropy.of(generated, BANDWIDTHS);
        return IntStream.range(0, BANDWIDTHS.size())
                .mapToDouble(b -> entropy.exact(b).value())
                .toArray();
    }
}
