package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;
import io.lensmill.metrics.realism.Bandwidth;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * How real and how varied generated embeddings look. Comparisons are null unless there are both sets.
 *
 * @param dimensions of the embedding
 * @param realRows 0 without real rows
 * @param generatedRows 0 without generated rows
 * @param kernels one per bandwidth asked for
 */
public record RealismFigures(
        int dimensions,
        int realRows,
        int generatedRows,
        Estimate fid,
        Estimate fidFloor,
        Estimate fidInfinity,
        Estimate kid,
        Estimate memorisation,
        List<KernelFigures> kernels) {

    /**
     * How the numbers are worked out.
     *
     * @param bandwidths σ of each kernel
     * @param frequencies of the random features, 3 or more
     * @param relativeRows rows per side of RRKE at most, 2 or more
     * @param seed of every draw
     */
    public record Settings(List<Bandwidth> bandwidths, int frequencies, int relativeRows, long seed) {}

    /** Steps that {@link #of} tells of. */
    public static long steps(boolean real, boolean generated, Settings settings) {
        int sides = (real ? 1 : 0) + (generated ? 1 : 0);
        long perKernel = 2L * sides + (sides == 2 ? 1 : 0);
        return (sides == 2 ? Comparison.steps() : 0)
                + perKernel * settings.bandwidths().size();
    }

    /**
     * @param real [m, d]; null when there are none
     * @param generated [n, d]; null when there are none, but not both
     */
    public static RealismFigures of(DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        DMatrixRMaj any = real == null ? generated : real;
        boolean both = real != null && generated != null;
        Comparison comparison = both ? new Comparison(real, generated, settings.seed(), steps) : null;
        return new RealismFigures(
                any.numCols,
                real == null ? 0 : real.numRows,
                generated == null ? 0 : generated.numRows,
                both ? comparison.fid() : null,
                both ? comparison.fidFloor() : null,
                both ? comparison.fidInfinity() : null,
                both ? comparison.kid() : null,
                both ? comparison.memorisation() : null,
                new Kernels(real, generated, settings, steps).figures());
    }
}
