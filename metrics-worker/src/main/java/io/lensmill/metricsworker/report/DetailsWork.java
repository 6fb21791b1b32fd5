package io.lensmill.metricsworker.report;

import io.lensmill.reports.estimates.Comparison;
import io.lensmill.reports.estimates.EmbeddingSet;
import io.lensmill.reports.estimates.FoldedEmbeddings;
import io.lensmill.reports.estimates.RealismFigures;

/** Works out the details of comparisons, and remembers what outlasts one of them. One thread at a time. */
final class DetailsWork {

    private static final int REFERENCES_REMEMBERED = 2;

    private final ReportSettings settings;
    private final Extrapolations extrapolations = new Extrapolations();
    private final Remembered<EmbeddingSet> references = new Remembered<>(REFERENCES_REMEMBERED);

    DetailsWork(ReportSettings settings) {
        this.settings = settings;
    }

    Details of(SnapshotPair pair) {
        Comparison comparison = new Comparison(
                new FoldedEmbeddings(pair.ofSubject()),
                references.get(pair.reference().identity(), () -> new FoldedEmbeddings(pair.ofReference())),
                settings.estimates(),
                extrapolations.at(pair.place(), settings.seed()));
        return new Details(
                pair.identity(), RealismFigures.ofRows(comparison, pair.isTrained()), comparison.extrapolation());
    }
}
