package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import io.lensmill.metrics.realism.KernelInceptionDistance;
import io.lensmill.metrics.realism.Memorisation;
import io.lensmill.metrics.report.Extrapolations.Extrapolation;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * What needs the rows themselves: FID at infinite size, KID, memorisation. From the rows that are held, which are all of
 * them or a uniform sample; the parameters rows and referenceRows say how many.
 */
final class RowComparison {

    static final String EXTRAPOLATION =
            "twice the distance of all rows held less the mean of their halves (after Chong" + " and Forsyth 2020)";
    static final String KID = "unbiased, kernel (x.y/d + 1)^3";
    static final String MEMORISATION =
            "share nearer to a reference row than the 1st percentile of reference rows among themselves";

    private static final Effort EFFORT = Extrapolations.EFFORT;
    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    private final String collection;
    private final Extrapolations extrapolations;
    private final DMatrixRMaj rows;
    private final DMatrixRMaj fewerRows;
    private final EmbeddingAccumulator embeddings;
    private final ReferenceFigures reference;
    private final ReportSettings settings;

    /** @param extrapolations those of earlier reports */
    RowComparison(
            String collection,
            EmbeddingAccumulator embeddings,
            ReferenceFigures reference,
            ReportSettings settings,
            Extrapolations extrapolations) {
        this.collection = collection;
        this.extrapolations = extrapolations;
        this.embeddings = embeddings;
        this.reference = reference;
        this.settings = settings;
        this.rows = EmbeddingRow.matrix(embeddings.sample().rows());
        this.fewerRows = first(rows, settings.relativeRows());
    }

    /** None where its halves are not larger than the dimensions: there is no straight line to follow. */
    Optional<Extrapolation> extrapolation() {
        return smaller() < least()
                ? Optional.empty()
                : Optional.of(extrapolations.of(collection, embeddings, rows, reference, settings.seed()));
    }

    private int smaller() {
        return Math.min(rows.numRows, reference.rows().numRows);
    }

    private int least() {
        return Math.max(EFFORT.leastRows(), EFFORT.levels() * (rows.numCols + 1));
    }

    EstimateDraft fidInfinity(Optional<Extrapolation> extrapolation) {
        DMatrixRMaj others = reference.rows();
        int smaller = smaller();
        if (extrapolation.isEmpty()) {
            int least = least();
            return sized(EstimateDraft.by(EXTRAPOLATION, smaller), rows, others)
                    .flag(
                            smaller < EFFORT.leastRows() ? EstimateStatus.TOO_FEW : EstimateStatus.RANK_DEFICIENT,
                            "FID at infinite size needs " + least + " embeddings of " + rows.numCols
                                    + " dimensions on both sides, held as they are; got " + smaller + ".");
        }
        Extrapolation last = extrapolation.get();
        FrechetExtrapolation found = last.found();
        return sized(EstimateDraft.by(EXTRAPOLATION, smaller), rows, others)
                .value(found.value())
                .interval(found.intervalKind(), found.lower(), found.upper())
                .parameter("rowsOf", last.rowsOf())
                .parameter("referenceRowsOf", last.referenceRowsOf())
                .parameter("standardError", found.standardError())
                .parameter("slope", found.slope())
                .parameter("smallestSubset", found.smallestSubset())
                .parameter("seed", settings.seed());
    }

    EstimateDraft kid() {
        DMatrixRMaj others = first(reference.rows(), settings.relativeRows());
        int smaller = Math.min(fewerRows.numRows, others.numRows);
        EstimateDraft draft = sized(EstimateDraft.by(KID, smaller), fewerRows, others);
        if (smaller < 2) {
            return draft.flag(EstimateStatus.TOO_FEW, "KID needs 2 embeddings on both sides; got " + smaller + ".");
        }
        KernelInceptionDistance found = KernelInceptionDistance.between(fewerRows, others);
        double margin = Interval.Z95 * found.standardError();
        return draft.value(found.value())
                .interval("95 %, jackknife", found.value() - margin, found.value() + margin)
                .parameter("standardError", found.standardError())
                .flagIf(
                        smaller < ENOUGH,
                        EstimateStatus.TOO_FEW,
                        "KID: fewer than " + ENOUGH + " embeddings on a side: " + smaller + ".");
    }

    EstimateDraft memorised() {
        EstimateDraft draft = sized(EstimateDraft.by(MEMORISATION, fewerRows.numRows), fewerRows, reference.rows());
        if (reference.training().isEmpty()) {
            return draft.flag(EstimateStatus.TOO_FEW, "The reference has fewer than 2 embeddings.");
        }
        Memorisation found = Memorisation.of(fewerRows, reference.training().get());
        Interval interval = Interval.wilson(found.nearer(), found.generated());
        return draft.value(found.share())
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .parameter("nearer", found.nearer())
                .parameter("threshold", found.threshold())
                .parameter("medianOfReference", found.medianReal())
                .parameter("median", found.medianGenerated())
                .parameter("closest", found.closest())
                .parameter("ofPerfectGenerator", Memorisation.PERCENTILE / 100 + 2.0 / found.training())
                .flagIf(
                        found.training() < Memorisation.ENOUGH_TRAINING,
                        EstimateStatus.TOO_FEW,
                        "Memorisation: a 1st percentile needs " + Memorisation.ENOUGH_TRAINING
                                + " embeddings of the reference; got " + found.training() + ".")
                .flagIf(
                        found.threshold() == 0,
                        EstimateStatus.TOO_FEW,
                        "Memorisation: the reference holds copies of its own images, and nothing is nearer than a"
                                + " copy.");
    }

    private EstimateDraft sized(EstimateDraft draft, DMatrixRMaj own, DMatrixRMaj others) {
        return draft.parameter("rows", own.numRows)
                .parameter("rowsOf", embeddings.count())
                .parameter("referenceRows", others.numRows)
                .parameter("referenceRowsOf", reference.embeddings().count())
                .parameter("dimensions", own.numCols);
    }

    /** Rows are in the order of their hashes, so the first ones are a uniform sample as well. */
    private static DMatrixRMaj first(DMatrixRMaj rows, int limit) {
        if (rows.numRows <= limit) {
            return rows;
        }
        DMatrixRMaj first = new DMatrixRMaj(limit, rows.numCols);
        System.arraycopy(rows.data, 0, first.data, 0, first.getNumElements());
        return first;
    }
}
