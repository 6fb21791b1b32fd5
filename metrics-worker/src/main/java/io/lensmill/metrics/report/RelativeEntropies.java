package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import io.lensmill.metrics.realism.RelativeKernelEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Relative kernel entropy of a collection to its reference, one per kernel: exact up to a number of rows per side;
 * beyond that from random features where these hold the whole spectrum, otherwise from that many rows of each sample.
 */
final class RelativeEntropies {

    private final EmbeddingAccumulator subject;
    private final ReferenceFigures reference;
    private final List<EmbeddingRow> left;
    private final List<EmbeddingRow> right;

    private RelativeEntropies(EmbeddingAccumulator subject, ReferenceFigures reference, int maxRows) {
        this.subject = subject;
        this.reference = reference;
        this.left = subject.sample().rows(maxRows);
        this.right = reference.embeddings().sample().rows(maxRows);
    }

    /**
     * @param modes of the subject, one per kernel of the reference
     * @param maxRows rows per side of the singular value decomposition
     */
    static List<EstimateDraft> of(
            EmbeddingAccumulator subject, List<ModeFigure> modes, ReferenceFigures reference, int maxRows) {
        RelativeEntropies entropies = new RelativeEntropies(subject, reference, maxRows);
        List<Double> bandwidths = Kernel.bandwidths(reference.kernels());
        List<Double> values = RelativeKernelEntropy.exact(entropies.left, entropies.right, bandwidths);
        List<EstimateDraft> drafts = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            boolean resolved =
                    modes.get(k).seesSingleImages() || reference.modes().get(k).seesSingleImages();
            drafts.add(entropies.draft(values.get(k), bandwidths.get(k), resolved));
        }
        return drafts;
    }

    private EstimateDraft draft(double ofRows, double bandwidth, boolean seesSingleImages) {
        OptionalDouble sketched = sketched(bandwidth);
        EstimateDraft draft = sketched.isPresent()
                ? EstimateDraft.by(ModeCounts.SKETCH, Math.min(subject.count(), referenceCount()))
                        .parameter(ModeCounts.SAMPLE, ofRows)
                : EstimateDraft.by(
                        holdsAll() ? ModeCounts.EXACT : ModeCounts.SAMPLE, Math.min(left.size(), right.size()));
        draft.parameter("bandwidth", bandwidth).parameter("rows", left.size()).parameter("referenceRows", right.size());
        double value = sketched.orElse(ofRows);
        if (!Double.isFinite(value)) {
            return draft.flag(EstimateStatus.TOO_FEW, "The kernel sees no overlap at all: the bandwidth is too small.");
        }
        return draft.value(value)
                .flagIf(
                        seesSingleImages,
                        EstimateStatus.TOO_FEW,
                        "The kernel tells nearly every image apart, so this follows the number of images.");
    }

    private boolean holdsAll() {
        return left.size() == subject.count() && right.size() == referenceCount();
    }

    private long referenceCount() {
        return reference.embeddings().count();
    }

    private OptionalDouble sketched(double bandwidth) {
        var own = subject.sketch(bandwidth).filter(RandomFeatureAccumulator::seesWholeSpectrum);
        var other = reference.embeddings().sketch(bandwidth).filter(RandomFeatureAccumulator::seesWholeSpectrum);
        return own.isPresent() && other.isPresent()
                ? OptionalDouble.of(own.get().relativeEntropy(other.get()))
                : OptionalDouble.empty();
    }
}
