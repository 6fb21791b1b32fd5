package io.lensmill.metrics.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the realism block of a report: the Frechet distance and its floor from the snapshots at hand, the details from
 * {@link DetailsDesk}. One thread at a time.
 */
final class RealismSection {

    private static final int REFERENCES_REMEMBERED = 4;

    private final ReportSettings settings;
    private final DetailsDesk desk;
    private final Remembered<ReferenceMoments> references = new Remembered<>(REFERENCES_REMEMBERED);
    /** Two, since each works for one thread: the reports' own, and that of the desk. */
    private final DetailedComparison here;

    private final DetailedComparison apart;

    RealismSection(ReportSettings settings, DetailsDesk desk) {
        this.settings = settings;
        this.desk = desk;
        this.here = new DetailedComparison(settings);
        this.apart = new DetailedComparison(settings);
    }

    /**
     * The block, and what its details are of.
     *
     * @param metrics null for real images that name no reference, and below two embeddings
     * @param details see {@link ComposedReport#details}
     * @param complete see {@link ComposedReport#complete}
     */
    record Block(RealismMetrics metrics, ComposedReport.Details details, boolean complete) {

        static Block without(RealismMetrics metrics) {
            return new Block(metrics, ComposedReport.Details.NONE, true);
        }
    }

    /**
     * @param subject a collection with at least one image
     * @param reference the collection that it names, if it was seen
     */
    Block of(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        boolean wanted =
                subject.tally().isGenerated() || !subject.tally().references().isEmpty();
        if (!wanted || subject.tally().counted() < 2) {
            return Block.without(null);
        }
        boolean trained = subject.tally().isTrained()
                && reference.map(r -> r.tally().isTrained()).orElse(true);
        Optional<Obstacle> obstacle = Obstacle.between(subject, reference);
        return obstacle.isPresent()
                ? Block.without(alone(subject, reference, obstacle.get(), trained))
                : compared(subject, reference.orElseThrow(), trained);
    }

    private Block compared(CollectionSnapshot subject, CollectionSnapshot reference, boolean trained) {
        EmbeddingAccumulator embeddings = subject.embeddings().orElseThrow();
        EmbeddingAccumulator others = reference.embeddings().orElseThrow();
        var moments = embeddings.moments();
        ReferenceMoments ofReference = references.get(reference.identity(), () -> ReferenceMoments.of(others));
        DetailsDesk.Known known = details(subject, reference, trained);
        Optional<FrechetError> error = known.details().errorOfFid();
        Estimate fid = Untrained.flagged(FrechetSection.distance(moments, ofReference, error), trained)
                .build();
        Estimate floor = Untrained.flagged(FrechetSection.floor(moments, ofReference), trained)
                .build();
        RealismMetrics metrics = block(subject, Optional.of(reference), fid, floor, known.details());
        return new Block(
                metrics,
                new ComposedReport.Details(place(subject), known.identity()),
                known.identity().equals(identity(subject, reference)));
    }

    /** Of these snapshots where that is quick, otherwise the newest there are, which may be none yet. */
    private DetailsDesk.Known details(CollectionSnapshot subject, CollectionSnapshot reference, boolean trained) {
        EmbeddingAccumulator embeddings = subject.embeddings().orElseThrow();
        EmbeddingAccumulator others = reference.embeddings().orElseThrow();
        String place = place(subject);
        String identity = identity(subject, reference);
        long rows = embeddings.sample().size() + others.sample().size();
        DetailsDesk.Known newest = desk.newest(place);
        boolean isNew = !newest.identity().equals(identity);
        if (isNew && newest.isQuickFor(rows)) {
            desk.workOut(
                    place, identity, rows, () -> here.of(place, embeddings, others, reference.identity(), trained));
        } else if (isNew) {
            desk.offer(place, identity, rows, () -> {
                // The snapshots go on being used here, and fold what waits in them when they are asked.
                EmbeddingAccumulator left = embeddings.copy();
                EmbeddingAccumulator right = others.copy();
                return () -> apart.of(place, left, right, reference.identity(), trained);
            });
        }
        return desk.newest(place);
    }

    /** The sample of a window is smaller, and has a place of its own. */
    private static String place(CollectionSnapshot subject) {
        return subject.key().text() + "#"
                + subject.embeddings().orElseThrow().sample().capacity();
    }

    private static String identity(CollectionSnapshot subject, CollectionSnapshot reference) {
        return subject.identity() + " beside " + reference.identity();
    }

    /** Without a comparison the collection's own mode counts are all that can be told. */
    private RealismMetrics alone(
            CollectionSnapshot subject, Optional<CollectionSnapshot> reference, Obstacle obstacle, boolean trained) {
        List<Kernel> kernels = Kernel.fixed(settings.bandwidths());
        List<ModeFigure> modes = Obstacle.within(subject).isPresent()
                ? List.of()
                : ModeCounts.of(subject.embeddings().orElseThrow(), Kernel.bandwidths(kernels));
        List<KernelMetrics> readings = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            readings.add(new KernelMetrics(
                    kernels.get(k).name(),
                    kernels.get(k).bandwidth(),
                    modes.isEmpty()
                            ? absent(ModeCounts.EXACT, subject, obstacle, trained)
                            : Untrained.flagged(modes.get(k).draft(), trained).build(),
                    absent(ModeCounts.EXACT, subject, obstacle, trained),
                    absent(ModeCounts.EXACT, subject, obstacle, trained)));
        }
        Estimate fid = absent(FrechetSection.ESTIMATOR, subject, obstacle, trained);
        RealismDetails details = new RealismDetails(
                Optional.empty(),
                absent(RowComparison.EXTRAPOLATION, subject, obstacle, trained),
                absent(RowComparison.KID, subject, obstacle, trained),
                absent(RowComparison.MEMORISATION, subject, obstacle, trained),
                readings);
        return block(subject, reference, fid, fid, details);
    }

    private static Estimate absent(String estimator, CollectionSnapshot subject, Obstacle obstacle, boolean trained) {
        EstimateDraft draft =
                EstimateDraft.absent(estimator, subject.tally().counted(), obstacle.status(), obstacle.reason());
        return Untrained.flagged(draft, trained).build();
    }

    private static RealismMetrics block(
            CollectionSnapshot subject,
            Optional<CollectionSnapshot> reference,
            Estimate fid,
            Estimate floor,
            RealismDetails details) {
        var named = subject.tally().references();
        return RealismMetrics.newBuilder()
                .setReference(named.size() == 1 ? named.first() : null)
                .setReferenceCount(reference.map(r -> r.tally().counted()).orElse(0L))
                .setEmbeddingSize(subject.tally().extractors().first().dimensions())
                .setFid(fid)
                .setFidFloor(floor)
                .setFidInfinity(details.fidInfinity())
                .setKid(details.kid())
                .setMemorised(details.memorised())
                .setKernels(details.kernels())
                .build();
    }
}
