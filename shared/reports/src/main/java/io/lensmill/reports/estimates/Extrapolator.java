package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import java.util.Optional;

/** Extrapolates Frechet distances, with the effort that its owner can afford. */
public interface Extrapolator {

    /** How, for the reader of the report. */
    String estimator();

    Effort effort();

    /** Embeddings that both sides must hold. */
    int leastRows(int dimensions);

    /** @param subject and the reference hold {@link #leastRows} each */
    Extrapolation between(EmbeddingSet subject, EmbeddingSet reference);

    /** Of exactly these sets; for sets that are looked at once. */
    static Extrapolator thorough(long seed, Runnable oneDone) {
        return new Extrapolator() {
            @Override
            public String estimator() {
                return "straight line over 1/n + 1/m, disjoint subsets of both sides (after Chong and Forsyth 2020)";
            }

            @Override
            public Effort effort() {
                return Effort.THOROUGH;
            }

            @Override
            public int leastRows(int dimensions) {
                return effort().leastRows();
            }

            @Override
            public Extrapolation between(EmbeddingSet subject, EmbeddingSet reference) {
                var found = FrechetExtrapolation.of(subject.rows(), reference.rows(), seed, effort(), oneDone);
                return new Extrapolation(
                        found, subject.rows().numRows, reference.rows().numRows, subject.count(), reference.count());
            }
        };
    }

    /** What was found elsewhere, if anything was. */
    static Extrapolator known(Optional<Extrapolation> found) {
        return new Extrapolator() {
            @Override
            public String estimator() {
                return "";
            }

            @Override
            public Effort effort() {
                return Effort.BRIEF;
            }

            @Override
            public int leastRows(int dimensions) {
                return found.isPresent() ? 0 : Integer.MAX_VALUE;
            }

            @Override
            public Extrapolation between(EmbeddingSet subject, EmbeddingSet reference) {
                return found.orElseThrow();
            }
        };
    }
}
