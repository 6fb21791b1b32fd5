package io.lensmill.metricsworker.report;

import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.estimates.Extrapolation;
import java.util.List;
import java.util.Optional;

/**
 * Those numbers of a comparison that look at single rows, and so take long.
 *
 * @param identity of what was compared, see {@link SnapshotPair}; empty before the first ones
 * @param figures the numbers
 * @param extrapolation what tells how far FID can be trusted; empty where there is none
 */
public record Details(String identity, List<NamedEstimate> figures, Optional<Extrapolation> extrapolation) {

    /** Nothing was worked out yet, or there is nothing to work out. */
    public static final Details NONE = new Details("", List.of(), Optional.empty());
}
