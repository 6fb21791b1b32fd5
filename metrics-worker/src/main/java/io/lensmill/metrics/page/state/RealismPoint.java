package io.lensmill.metrics.page.state;

import java.util.Optional;

/**
 * One report's place in the history of a collection.
 *
 * @param at when the report was made, milliseconds since 1970 UTC
 * @param n images counted
 * @param kernel name of the bandwidth that the last three are of; null without kernels
 */
public record RealismPoint(
        long at,
        long n,
        Span fid,
        Span fidFloor,
        String kernel,
        Span modeCount,
        Span modeCountReference,
        Span relativeEntropy) {

    /** A number with its interval. */
    public record Span(Double value, Double lower, Double upper) {

        static Span of(EstimateView estimate) {
            return new Span(estimate.value(), estimate.lower(), estimate.upper());
        }
    }

    static RealismPoint of(long at, long n, RealismView realism) {
        Optional<RealismView.Kernel> kernel = realism.followed();
        return new RealismPoint(
                at,
                n,
                Span.of(realism.fid()),
                Span.of(realism.fidFloor()),
                kernel.map(RealismView.Kernel::name).orElse(null),
                kernel.map(found -> Span.of(found.modeCount())).orElse(null),
                kernel.map(found -> Span.of(found.modeCountReference())).orElse(null),
                kernel.map(found -> Span.of(found.relativeEntropy())).orElse(null));
    }
}
