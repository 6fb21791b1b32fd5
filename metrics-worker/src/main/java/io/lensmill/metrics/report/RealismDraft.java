package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.RealismMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The realism block of a report before its last flags. */
final class RealismDraft {

    private final EstimateDraft fid;
    private final EstimateDraft fidFloor;
    private final EstimateDraft fidInfinity;
    private final EstimateDraft kid;
    private final EstimateDraft memorised;
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<List<EstimateDraft>> readings = new ArrayList<>();

    RealismDraft(
            EstimateDraft fid,
            EstimateDraft fidFloor,
            EstimateDraft fidInfinity,
            EstimateDraft kid,
            EstimateDraft memorised) {
        this.fid = fid;
        this.fidFloor = fidFloor;
        this.fidInfinity = fidInfinity;
        this.kid = kid;
        this.memorised = memorised;
    }

    void add(Kernel kernel, EstimateDraft own, EstimateDraft ofReference, EstimateDraft relative) {
        kernels.add(kernel);
        readings.add(List.of(own, ofReference, relative));
    }

    RealismMetrics build(CollectionSnapshot subject, Optional<CollectionSnapshot> reference, boolean trained) {
        if (!trained) {
            flagUntrained();
        }
        List<KernelMetrics> blocks = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            List<EstimateDraft> reading = readings.get(k);
            blocks.add(new KernelMetrics(
                    kernels.get(k).name(),
                    kernels.get(k).bandwidth(),
                    reading.get(0).build(),
                    reading.get(1).build(),
                    reading.get(2).build()));
        }
        var named = subject.tally().references();
        return RealismMetrics.newBuilder()
                .setReference(named.size() == 1 ? named.first() : null)
                .setReferenceCount(reference.map(r -> r.tally().counted()).orElse(0L))
                .setEmbeddingSize(subject.tally().extractors().first().dimensions())
                .setFid(fid.build())
                .setFidFloor(fidFloor.build())
                .setFidInfinity(fidInfinity.build())
                .setKid(kid.build())
                .setMemorised(memorised.build())
                .setKernels(blocks)
                .build();
    }

    private void flagUntrained() {
        String reason = "The embedding comes from a network that was never trained: it says nothing of the images.";
        List.of(fid, fidFloor, fidInfinity, kid, memorised)
                .forEach(draft -> draft.flag(EstimateStatus.UNTRAINED_EXTRACTOR, reason));
        readings.forEach(reading -> reading.forEach(draft -> draft.flag(EstimateStatus.UNTRAINED_EXTRACTOR, reason)));
    }
}
