package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.List;

/**
 * What the Frechet distance needs of the reference alone.
 *
 * @param moments of all its embeddings
 * @param halves of its two halves
 * @param distanceOfHalves Frechet distance between the halves; NaN while one of them has fewer than two rows
 */
record ReferenceMoments(MomentAccumulator moments, List<MomentAccumulator> halves, double distanceOfHalves) {

    static ReferenceMoments of(EmbeddingAccumulator embeddings) {
        List<MomentAccumulator> halves = embeddings.halves();
        boolean enough = halves.stream().allMatch(half -> half.count() >= 2);
        return new ReferenceMoments(
                embeddings.moments(),
                halves,
                enough ? FrechetDistance.between(halves.get(0), halves.get(1)) : Double.NaN);
    }
}
