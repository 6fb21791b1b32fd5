package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.Memorisation;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * What the details of a comparison need of the reference alone. Worked out once for a reference that does not change, however many
 * reports are held against it.
 *
 * @param embeddings of the reference
 * @param kernels kernels of the report, "auto" decided
 * @param modes mode counts of the reference, one per kernel; none below two embeddings
 * @param rows [m, d], those that are held, in the order of their identities
 * @param training the same rows with the distances among them; empty below two
 */
record ReferenceFigures(
        EmbeddingAccumulator embeddings,
        List<Kernel> kernels,
        List<ModeFigure> modes,
        DMatrixRMaj rows,
        Optional<Memorisation.Training> training) {

    static ReferenceFigures of(EmbeddingAccumulator embeddings, List<Bandwidth> asked) {
        List<Kernel> kernels = Kernel.suitedTo(embeddings, asked);
        DMatrixRMaj rows = EmbeddingRow.matrix(embeddings.sample().rows());
        return new ReferenceFigures(
                embeddings,
                kernels,
                ModeCounts.of(embeddings, Kernel.bandwidths(kernels)),
                rows,
                rows.numRows < 2 ? Optional.empty() : Optional.of(Memorisation.Training.of(rows)));
    }
}
