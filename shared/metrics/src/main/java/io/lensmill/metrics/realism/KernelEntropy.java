package io.lensmill.metrics.realism;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Order-2 Renyi kernel entropy from pairs of embeddings, block by block: exact for the rows given, and an unbiased
 * estimate of the mean square for a larger set that they were drawn from.
 */
public final class KernelEntropy {

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
        DMatrixRMaj matrix = rows.copy();
        MomentAccumulator.centre(matrix, MomentAccumulator.columnMeans(matrix));
        KernelEntropy entropy = new KernelEntropy(new double[bandwidths.size()][matrix.numRows]);
        List<DMatrixRMaj> blocks = Blocks.of(matrix);
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = i; j < blocks.size(); j++) {
                DMatrixRMaj distances = SquaredDistances.between(blocks.get(i), blocks.get(j));
                for (int b = 0; b < bandwidths.size(); b++) {
                    entropy.addBlock(distances, i * Blocks.ROWS, j * Blocks.ROWS, bandwidths.get(b), entropy.sums[b]);
                }
            }
        }
        return entropy;
    }

    /** Adds k² = exp(-|x-y|² / σ²) of each pair i &lt; j to the sums of both. */
    private void addBlock(DMatrixRMaj distances, int firstRow, int firstColumn, double bandwidth, double[] into) {
        double scale = -1 / (bandwidth * bandwidth);
        for (int i = 0; i < distances.numRows; i++) {
            int from = firstRow == firstColumn ? i + 1 : 0;
            for (int j = from; j < distances.numCols; j++) {
                double square = Math.exp(scale * distances.data[i * distances.numCols + j]);
                into[firstRow + i] += square;
                into[firstColumn + j] += square;
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
