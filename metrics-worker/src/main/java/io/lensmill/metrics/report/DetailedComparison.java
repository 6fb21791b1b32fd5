package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.report.Extrapolations.Extrapolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out the details of comparisons with a reference, and remembers what outlasts one of them. One thread at a time. */
final class DetailedComparison {

    private static final int REFERENCES_REMEMBERED = 2;

    private final ReportSettings settings;
    private final Extrapolations extrapolations = new Extrapolations();
    private final Remembered<ReferenceFigures> references = new Remembered<>(REFERENCES_REMEMBERED);

    DetailedComparison(ReportSettings settings) {
        this.settings = settings;
    }

    /**
     * @param collection name under which is remembered what the next comparison of the same collection can use
     * @param referenceIdentity as in {@link CollectionSnapshot}
     * @param trained false: every number is flagged
     */
    RealismDetails of(
            String collection,
            EmbeddingAccumulator subject,
            EmbeddingAccumulator referenceEmbeddings,
            String referenceIdentity,
            boolean trained) {
        ReferenceFigures reference = references.get(
                referenceIdentity, () -> ReferenceFigures.of(referenceEmbeddings, settings.bandwidths()));
        RowComparison rows = new RowComparison(collection, subject, reference, settings, extrapolations);
        Optional<Extrapolation> extrapolation = rows.extrapolation();
        return new RealismDetails(
                extrapolation.map(Extrapolation::errorOfFid),
                Untrained.flagged(rows.fidInfinity(extrapolation), trained).build(),
                Untrained.flagged(rows.kid(), trained).build(),
                Untrained.flagged(rows.memorised(), trained).build(),
                kernels(subject, reference, trained));
    }

    private List<KernelMetrics> kernels(EmbeddingAccumulator subject, ReferenceFigures reference, boolean trained) {
        List<Kernel> kernels = reference.kernels();
        List<ModeFigure> modes = ModeCounts.of(subject, Kernel.bandwidths(kernels));
        boolean enough = !reference.modes().isEmpty();
        List<EstimateDraft> relative =
                enough ? RelativeEntropies.of(subject, modes, reference, settings.relativeRows()) : List.of();
        List<KernelMetrics> metrics = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            metrics.add(new KernelMetrics(
                    kernels.get(k).name(),
                    kernels.get(k).bandwidth(),
                    Untrained.flagged(modes.get(k).draft(), trained).build(),
                    Untrained.flagged(enough ? reference.modes().get(k).draft() : onlyOne(), trained)
                            .build(),
                    Untrained.flagged(enough ? relative.get(k) : onlyOne(), trained)
                            .build()));
        }
        return metrics;
    }

    private static EstimateDraft onlyOne() {
        return EstimateDraft.absent(
                ModeCounts.EXACT, 1, EstimateStatus.TOO_FEW, "The reference has fewer than 2 embeddings.");
    }
}
