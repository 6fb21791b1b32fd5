package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How varied a set is, one number per kernel. It needs no reference; where there is one, the reference's own number is
 * what a perfect generator would show.
 */
abstract class DiversityMetric implements RealismMetric {

    private final MetricDescription description;

    DiversityMetric(MetricDescription description) {
        this.description = description;
    }

    /**
     * @param set two embeddings or more
     * @return one per kernel
     */
    abstract List<Diversity> of(EmbeddingSet set, List<Kernel> kernels, EstimateSettings settings);

    /** Worked out once per set. */
    private List<Diversity> remembered(EmbeddingSet set, List<Kernel> kernels, EstimateSettings settings) {
        return set.once(List.of(description.name(), kernels, settings), () -> of(set, kernels, settings));
    }

    @Override
    public final MetricDescription description() {
        return description;
    }

    @Override
    public final boolean looksAtRows() {
        return true;
    }

    @Override
    public final List<Figure> compared(Comparison comparison) {
        List<Kernel> kernels = comparison.kernels();
        EmbeddingSet reference = comparison.reference();
        List<Diversity> own = told(comparison.subject(), kernels, comparison.settings());
        List<Diversity> others = told(reference, kernels, comparison.settings());
        List<Figure> figures = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            figures.add(Figure.ofBandwidth(
                    kernels.get(k).name(),
                    draft(own, k, comparison.subject(), "The collection"),
                    draft(others, k, reference, "The reference")));
        }
        return figures;
    }

    private List<Diversity> told(EmbeddingSet set, List<Kernel> kernels, EstimateSettings settings) {
        return set.count() < 2 ? List.of() : remembered(set, kernels, settings);
    }

    private static EstimateDraft draft(List<Diversity> found, int kernel, EmbeddingSet set, String side) {
        return found.isEmpty()
                ? EstimateDraft.absent(
                        Diversity.EXACT, set.count(), EstimateStatus.TOO_FEW, side + " has fewer than 2 embeddings.")
                : found.get(kernel).draft();
    }

    @Override
    public final List<Figure> alone(LoneSet set) {
        return set.settings().bandwidths().stream()
                .map(asked -> Figure.ofBandwidth(asked.name(), alone(set, asked), null))
                .toList();
    }

    private EstimateDraft alone(LoneSet set, Bandwidth asked) {
        Optional<EmbeddingSet> embeddings = set.embeddings().filter(found -> found.count() >= 2);
        for (int k = 0; embeddings.isPresent() && k < set.kernels().size(); k++) {
            if (set.kernels().get(k).name().equals(asked.name())) {
                return remembered(embeddings.get(), set.kernels(), set.settings())
                        .get(k)
                        .draft();
            }
        }
        return set.obstacle().absent(Diversity.EXACT, set.count());
    }
}
