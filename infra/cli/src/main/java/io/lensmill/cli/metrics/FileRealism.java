package io.lensmill.cli.metrics;

import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import io.lensmill.reports.estimates.Comparison;
import io.lensmill.reports.estimates.EmbeddingSet;
import io.lensmill.reports.estimates.EstimateSettings;
import io.lensmill.reports.estimates.Extrapolator;
import io.lensmill.reports.estimates.LoneSet;
import io.lensmill.reports.estimates.MatrixEmbeddings;
import io.lensmill.reports.estimates.NamedFigures;
import io.lensmill.reports.estimates.Obstacle;
import io.lensmill.reports.estimates.RealismFigures;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How real and how varied generated embeddings look. Of one set alone there is what it tells of itself.
 *
 * @param dimensions of the embedding
 * @param realRows 0 without real rows
 * @param generatedRows 0 without generated rows
 * @param figures those of the metrics worker's reports, from all rows
 * @param sketches those that the metrics worker works out from random features beyond the rows that it holds
 */
public record FileRealism(
        int dimensions, int realRows, int generatedRows, List<NamedEstimate> figures, List<NamedEstimate> sketches) {

    /**
     * How the numbers are worked out.
     *
     * @param bandwidths σ of each kernel
     * @param frequencies of the random features, 3 or more
     * @param relativeRows rows per side of decompositions at most, 2 or more
     * @param seed of every draw
     */
    public record Settings(List<Bandwidth> bandwidths, int frequencies, int relativeRows, long seed) {

        EstimateSettings estimates() {
            return new EstimateSettings(bandwidths, relativeRows, Integer.MAX_VALUE, seed);
        }
    }

    /** Steps that {@link #of} tells of. */
    public static long steps(boolean real, boolean generated, Settings settings) {
        long distances = real && generated ? Effort.THOROUGH.distances() : 0;
        return RealismFigures.METRICS.size() + distances + Sketches.steps(real && generated, settings);
    }

    /**
     * @param real [m, d]; null when there are none
     * @param generated [n, d]; null when there are none, but not both
     */
    public static FileRealism of(DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        if (tooLarge(real) || tooLarge(generated)) {
            return absent(real, generated, settings, steps);
        }
        DMatrixRMaj any = real == null ? generated : real;
        return new FileRealism(
                any.numCols,
                real == null ? 0 : real.numRows,
                generated == null ? 0 : generated.numRows,
                figures(real, generated, settings, steps),
                new Sketches(real, generated, settings, steps).figures());
    }

    /** The fourth power of a value must be a number: covariances are multiplied with each other. */
    private static final double LARGEST = 1e75;

    private static boolean tooLarge(DMatrixRMaj rows) {
        return rows != null && CommonOps_DDRM.elementMaxAbs(rows) > LARGEST;
    }

    private static FileRealism absent(DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        Obstacle obstacle = new Obstacle(
                EstimateStatus.RANK_DEFICIENT,
                "Features must be at most " + LARGEST + " in size: beyond it double precision cannot hold the products"
                        + " of their squares.");
        DMatrixRMaj any = real == null ? generated : real;
        int rows = real != null && generated != null ? Math.min(real.numRows, generated.numRows) : any.numRows;
        LoneSet set = LoneSet.of(Optional.empty(), rows, settings.estimates(), obstacle);
        return new FileRealism(
                any.numCols,
                real == null ? 0 : real.numRows,
                generated == null ? 0 : generated.numRows,
                RealismFigures.of(set, true, () -> steps.finished("metrics")),
                List.of());
    }

    private static List<NamedEstimate> figures(
            DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        Runnable oneDone = () -> steps.finished("metrics");
        if (real != null && generated != null) {
            Comparison comparison = new Comparison(
                    new MatrixEmbeddings(generated, settings.seed()),
                    new MatrixEmbeddings(real, settings.seed()),
                    settings.estimates(),
                    Extrapolator.thorough(settings.seed(), () -> steps.finished("FID at infinite size")));
            return RealismFigures.of(comparison, true, oneDone);
        }
        return worked(RealismFigures.of(alone(real, generated, settings), true, oneDone));
    }

    private static LoneSet alone(DMatrixRMaj real, DMatrixRMaj generated, Settings settings) {
        EmbeddingSet set = new MatrixEmbeddings(real == null ? generated : real, settings.seed());
        Obstacle obstacle = new Obstacle(
                EstimateStatus.NO_REFERENCE,
                real == null
                        ? "There are no real rows: none to compare with, and the bandwidth 'auto' is their median"
                                + " distance."
                        : "There are no generated rows, or no distance above 0 between the real ones.");
        return real == null
                ? LoneSet.of(Optional.of(set), set.count(), settings.estimates(), obstacle)
                : LoneSet.suitingItself(set, settings.estimates(), obstacle);
    }

    /** What one set cannot tell under any kernel is left out. */
    private static List<NamedEstimate> worked(List<NamedEstimate> figures) {
        return figures.stream()
                .filter(figure -> NamedFigures.all(figures, figure.getName()).stream()
                        .anyMatch(other -> other.getEstimate().getStatus() != EstimateStatus.NO_REFERENCE))
                .toList();
    }
}
