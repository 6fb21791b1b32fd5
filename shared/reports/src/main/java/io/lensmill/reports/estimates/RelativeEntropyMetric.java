package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import io.lensmill.metrics.realism.RelativeKernelEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Relative Renyi kernel entropy to the reference, one per kernel: exact up to a number of rows per side; beyond that
 * from random features where these hold the whole spectrum, otherwise from that many rows of each side.
 */
final class RelativeEntropyMetric implements RealismMetric {

    private static final MetricDescription DESCRIPTION = new MetricDescription(
            "rrke",
            "RRKE",
            "Relative Renyi kernel entropy to the reference, in nats; 0 when alike.",
            "Relative Renyi kernel entropy, nats, 0: alike");

    @Override
    public MetricDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean looksAtRows() {
        return true;
    }

    @Override
    public List<Figure> compared(Comparison comparison) {
        List<Kernel> kernels = comparison.kernels();
        boolean enough = comparison.smallerCount() >= 2;
        List<EstimateDraft> drafts = enough ? drafts(comparison, kernels) : List.of();
        List<Figure> figures = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            long n = comparison.smallerCount();
            figures.add(Figure.ofBandwidth(
                    kernels.get(k).name(),
                    enough ? drafts.get(k) : tooFew(n),
                    EstimateDraft.by("by definition", n).value(0)));
        }
        return figures;
    }

    private static EstimateDraft tooFew(long n) {
        return EstimateDraft.absent(
                Diversity.EXACT, n, EstimateStatus.TOO_FEW, "RRKE needs 2 embeddings on both sides; got " + n + ".");
    }

    private static List<EstimateDraft> drafts(Comparison comparison, List<Kernel> kernels) {
        int most = comparison.settings().relativeRows();
        DMatrixRMaj left = comparison.subject().rows(most);
        DMatrixRMaj right = comparison.reference().rows(most);
        List<Double> values = RelativeKernelEntropy.exact(left, right, Kernel.bandwidths(kernels));
        List<Diversity> own = ModeCountMetric.modes(comparison.subject(), kernels);
        List<Diversity> others = ModeCountMetric.modes(comparison.reference(), kernels);
        List<EstimateDraft> drafts = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            boolean seesSingle = own.get(k).seesSingleImages() || others.get(k).seesSingleImages();
            drafts.add(draft(comparison, values.get(k), kernels.get(k).bandwidth(), seesSingle));
        }
        return drafts;
    }

    private static EstimateDraft draft(Comparison comparison, double ofRows, double bandwidth, boolean seesSingle) {
        int most = comparison.settings().relativeRows();
        int rows = comparison.subject().rows(most).numRows;
        int referenceRows = comparison.reference().rows(most).numRows;
        boolean holdsAll = rows == comparison.subject().count()
                && referenceRows == comparison.reference().count();
        OptionalDouble sketched = sketched(comparison, bandwidth);
        EstimateDraft draft = sketched.isPresent()
                ? EstimateDraft.by(Diversity.SKETCH, comparison.smallerCount()).parameter(Diversity.SAMPLE, ofRows)
                : EstimateDraft.by(holdsAll ? Diversity.EXACT : Diversity.SAMPLE, Math.min(rows, referenceRows));
        draft.parameter("bandwidth", bandwidth).parameter("rows", rows).parameter("referenceRows", referenceRows);
        double value = sketched.orElse(ofRows);
        if (!Double.isFinite(value)) {
            return draft.flag(EstimateStatus.TOO_FEW, "The kernel sees no overlap at all: the bandwidth is too small.");
        }
        return draft.value(value)
                .flagIf(
                        seesSingle,
                        EstimateStatus.TOO_FEW,
                        "The kernel tells nearly every image apart, so this follows the number of images.");
    }

    private static OptionalDouble sketched(Comparison comparison, double bandwidth) {
        var own = comparison.subject().sketch(bandwidth).filter(RandomFeatureAccumulator::seesWholeSpectrum);
        var other = comparison.reference().sketch(bandwidth).filter(RandomFeatureAccumulator::seesWholeSpectrum);
        return own.isPresent() && other.isPresent()
                ? OptionalDouble.of(own.get().relativeEntropy(other.get()))
                : OptionalDouble.empty();
    }

    @Override
    public List<Figure> alone(LoneSet set) {
        return set.settings().bandwidths().stream()
                .map(asked ->
                        Figure.ofBandwidth(asked.name(), set.obstacle().absent(Diversity.EXACT, set.count()), null))
                .toList();
    }
}
