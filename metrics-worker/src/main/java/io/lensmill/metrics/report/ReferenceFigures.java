package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.List;

/**
 * What a comparison needs of the reference alone. Worked out once for a reference that does not change, however many
 * reports are held against it.
 *
 * @param embeddings of the reference
 * @param moments of all its embeddings
 * @param halves of its two halves
 * @param distanceOfHalves Frechet distance between the halves; NaN while one of them has fewer than two rows
 * @param kernels kernels of the report, "auto" decided
 * @param modes mode counts of the reference, one per kernel; none below two embeddings
 */
record ReferenceFigures(
        EmbeddingAccumulator embeddings,
        MomentAccumulator moments,
        List<MomentAccumulator> halves,
        double distanceOfHalves,
        List<Kernel> kernels,
        List<ModeFigure> modes) {

    static ReferenceFigures of(EmbeddingAccumulator embeddings, List<Bandwidth> asked) {
        List<MomentAccumulator> halves = embeddings.halves();
        boolean enough = halves.stream().allMatch(half -> half.count() >= 2);
        List<Kernel> kernels = Kernel.suitedTo(embeddings, asked);
        return new ReferenceFigures(
                embeddings,
                embeddings.moments(),
                halves,
                enough ? FrechetDistance.between(halves.get(0), halves.get(1)) : Double.NaN,
                kernels,
                ModeCounts.of(embeddings, Kernel.bandwidths(kernels)));
    }
}
