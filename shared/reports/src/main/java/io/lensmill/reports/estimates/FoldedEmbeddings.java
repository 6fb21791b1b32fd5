package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.MomentAccumulator;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Embeddings that were folded as they arrived: in bounded space, however many they are. */
public final class FoldedEmbeddings extends EmbeddingSet {

    private final EmbeddingAccumulator folded;

    /** @param folded nobody adds to it any more */
    public FoldedEmbeddings(EmbeddingAccumulator folded) {
        this.folded = folded;
    }

    @Override
    public long count() {
        return folded.count();
    }

    @Override
    public int dimensions() {
        return folded.dimensions();
    }

    @Override
    public DMatrixRMaj rows() {
        return once("rows", () -> EmbeddingRow.matrix(sample()));
    }

    /** The rows with the hashes of their images, in the order of these. */
    List<EmbeddingRow> sample() {
        return folded.sample().rows();
    }

    @Override
    public MomentAccumulator moments() {
        return once("moments", folded::moments);
    }

    /** The last bit of the hash of the image's id decides which half a row belongs to. */
    @Override
    public HalfDistances halves() {
        return once("halves", () -> {
            List<MomentAccumulator> halves = folded.halves();
            return HalfDistances.ofOne(halves.get(0), halves.get(1));
        });
    }

    @Override
    public Optional<RandomFeatureAccumulator> sketch(double bandwidth) {
        return folded.sketch(bandwidth);
    }
}
