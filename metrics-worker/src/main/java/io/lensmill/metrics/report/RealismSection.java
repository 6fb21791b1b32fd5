package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the realism block of a report. One thread at a time. */
final class RealismSection {

    private static final int REFERENCES_REMEMBERED = 4;

    private final ReportSettings settings;
    private final Extrapolations extrapolations = new Extrapolations();
    private final Map<String, ReferenceFigures> references = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReferenceFigures> eldest) {
            return size() > REFERENCES_REMEMBERED;
        }
    };

    RealismSection(ReportSettings settings) {
        this.settings = settings;
    }

    /**
     * @param subject a collection with at least one image
     * @param reference the collection that it names, if it was seen
     * @return null for real images that name no reference, and below two embeddings
     */
    RealismMetrics of(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        boolean wanted =
                subject.tally().isGenerated() || !subject.tally().references().isEmpty();
        if (!wanted || subject.tally().counted() < 2) {
            return null;
        }
        Optional<Obstacle> obstacle = Obstacle.between(subject, reference);
        RealismDraft numbers = obstacle.isPresent()
                ? alone(subject, obstacle.get())
                : compared(subject.key().text(), subject.embeddings().orElseThrow(), figures(reference.orElseThrow()));
        boolean trained = subject.tally().isTrained()
                && reference.map(r -> r.tally().isTrained()).orElse(true);
        return numbers.build(subject, reference, trained);
    }

    private ReferenceFigures figures(CollectionSnapshot reference) {
        return references.computeIfAbsent(
                reference.identity(),
                identity -> ReferenceFigures.of(reference.embeddings().orElseThrow(), settings.bandwidths()));
    }

    private RealismDraft compared(String collection, EmbeddingAccumulator subject, ReferenceFigures reference) {
        var moments = subject.moments();
        RowComparison rows = new RowComparison(collection, subject, reference, settings, extrapolations);
        RealismDraft numbers = new RealismDraft(
                FrechetSection.distance(moments, reference),
                FrechetSection.floor(moments, reference),
                rows.fidInfinity(),
                rows.kid(),
                rows.memorised());
        List<Kernel> kernels = reference.kernels();
        List<ModeFigure> modes = ModeCounts.of(subject, Kernel.bandwidths(kernels));
        boolean enough = !reference.modes().isEmpty();
        List<EstimateDraft> relative =
                enough ? RelativeEntropies.of(subject, modes, reference, settings.relativeRows()) : List.of();
        for (int k = 0; k < kernels.size(); k++) {
            numbers.add(
                    kernels.get(k),
                    modes.get(k).draft(),
                    enough ? reference.modes().get(k).draft() : onlyOne(),
                    enough ? relative.get(k) : onlyOne());
        }
        return numbers;
    }

    private static EstimateDraft onlyOne() {
        return EstimateDraft.absent(
                ModeCounts.EXACT, 1, EstimateStatus.TOO_FEW, "The reference has fewer than 2 embeddings.");
    }

    /** Without a comparison the collection's own mode counts are all that can be told. */
    private RealismDraft alone(CollectionSnapshot subject, Obstacle obstacle) {
        RealismDraft numbers = new RealismDraft(
                absent(FrechetSection.ESTIMATOR, subject, obstacle),
                absent(FrechetSection.ESTIMATOR, subject, obstacle),
                absent(RowComparison.EXTRAPOLATION, subject, obstacle),
                absent(RowComparison.KID, subject, obstacle),
                absent(RowComparison.MEMORISATION, subject, obstacle));
        List<Kernel> kernels = Kernel.fixed(settings.bandwidths());
        List<ModeFigure> modes = Obstacle.within(subject).isPresent()
                ? List.of()
                : ModeCounts.of(subject.embeddings().orElseThrow(), Kernel.bandwidths(kernels));
        for (int k = 0; k < kernels.size(); k++) {
            numbers.add(
                    kernels.get(k),
                    modes.isEmpty()
                            ? absent(ModeCounts.EXACT, subject, obstacle)
                            : modes.get(k).draft(),
                    absent(ModeCounts.EXACT, subject, obstacle),
                    absent(ModeCounts.EXACT, subject, obstacle));
        }
        return numbers;
    }

    private static EstimateDraft absent(String estimator, CollectionSnapshot subject, Obstacle obstacle) {
        return EstimateDraft.absent(estimator, subject.tally().counted(), obstacle.status(), obstacle.reason());
    }
}
