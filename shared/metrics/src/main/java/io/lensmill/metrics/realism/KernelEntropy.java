package io.lensmill.metrics.realism;

import io.lensmill.metrics.linear.Lanes;
import io.lensmill.metrics.numerics.BlockPair;
import io.lensmill.metrics.numerics.Centring;
import io.lensmill.metrics.numerics.KernelSums;
import io.lensmill.metrics.numerics.PairMean;
import io.lensmill.metrics.numerics.Slice;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Order-2 Renyi kernel entropy from pairs of embeddings, block by block: exact for the rows given, and an unbiased
 * estimate of the mean square for a larger set that they were drawn from.
 */
public final class KernelEntropy {

    /** Pairs of blocks that are worked out side by side; their sums are then added up in order. */
    private static final int WAVE = 64;

    private final double[][] sums;

    private KernelEntropy(double[][] sums) {
        this.sums = sums;
    }

    /**
     * @param rows two or more, all of one size
     * @param bandwidths σ of the kernel exp(-|x-y|² / (2σ²)), each above 0
     */
    public static KernelEntropy of(List<EmbeddingRow> rows, List<Double> bandwidths) {
        return of(EmbeddingRow.matrix(rows), bandwidths);
    }

    /**
     * @param rows [n, d], two or more; stay as they are
     * @param bandwidths σ of the kernel exp(-|x-y|² / (2σ²)), each above 0
     */
    public static KernelEntropy of(DMatrixRMaj rows, List<Double> bandwidths) {
        KernelEntropy entropy = new KernelEntropy(new double[bandwidths.size()][rows.numRows]);
        List<Slice> blocks = Slice.centred(rows, Centring.columnMeans(rows));
        List<BlockPair> pairs = BlockPair.ofOneSet(blocks.size());
        for (int from = 0; from < pairs.size(); from += WAVE) {
            List<BlockPair> wave = pairs.subList(from, Math.min(pairs.size(), from + WAVE));
            entropy.add(wave, blocks, bandwidths);
        }
        return entropy;
    }

    private void add(List<BlockPair> wave, List<Slice> blocks, List<Double> bandwidths) {
        KernelSums[][] found = new KernelSums[wave.size()][];
        Lanes.forEach(wave.size(), i -> found[i] = KernelSums.squares(wave.get(i), blocks, bandwidths));
        for (int i = 0; i < found.length; i++) {
            for (int b = 0; b < sums.length; b++) {
                found[i][b].addTo(sums[b], wave.get(i));
            }
        }
    }

    /** Of exactly these rows, for the bandwidth of this place in the list. */
    public ModeCount exact(int bandwidth) {
        double n = sums[bandwidth].length;
        double offDiagonal = PairMean.of(sums[bandwidth]).mean();
        return ModeCount.exact(1 / n + (1 - 1 / n) * offDiagonal);
    }

    /** Of a set of {@code total} rows that these were drawn from at random, with a 95 % interval of that draw. */
    public ModeCount estimatedFor(long total, int bandwidth) {
        PairMean pairs = PairMean.of(sums[bandwidth]);
        double share = 1 - 1.0 / total;
        return ModeCount.estimated(1.0 / total + share * pairs.mean(), share * pairs.standardError());
    }
}
