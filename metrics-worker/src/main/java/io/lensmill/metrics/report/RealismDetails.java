package io.lensmill.metrics.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.KernelMetrics;
import java.util.List;

/**
 * Those numbers of a comparison that take long: all that look at single rows.
 *
 * @param fidInfinity FID at infinite size
 * @param kid kernel Inception distance
 * @param memorised share of copies
 * @param kernels RKE and RRKE, one per bandwidth
 */
record RealismDetails(Estimate fidInfinity, Estimate kid, Estimate memorised, List<KernelMetrics> kernels) {}
