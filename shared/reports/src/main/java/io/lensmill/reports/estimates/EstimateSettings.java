package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.Bandwidth;
import java.util.List;

/**
 * How the numbers of realism are worked out.
 *
 * @param bandwidths kernels, in the order of the report
 * @param relativeRows rows per side, at most, of decompositions of kernel matrices (RRKE), 2 or more
 * @param pairRows rows at most of what looks at pairs (KID on both sides, memorisation on the collection's), 2 or more
 * @param seed of every draw
 */
public record EstimateSettings(List<Bandwidth> bandwidths, int relativeRows, int pairRows, long seed) {}
