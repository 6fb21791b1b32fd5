package io.lensmill.metrics.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.KernelMetrics;
import java.util.List;
import java.util.Optional;

/**
 * Those numbers of a comparison that take long: all that look at single rows. Null or empty: not worked out yet.
 *
 * @param errorOfFid empty where there is no FID at infinite size
 * @param fidInfinity FID at infinite size
 * @param kid kernel Inception distance
 * @param memorised share of copies
 * @param kernels RKE and RRKE, one per bandwidth
 */
record RealismDetails(
        Optional<FrechetError> errorOfFid,
        Estimate fidInfinity,
        Estimate kid,
        Estimate memorised,
        List<KernelMetrics> kernels) {

    static final RealismDetails NONE = new RealismDetails(Optional.empty(), null, null, null, List.of());
}
