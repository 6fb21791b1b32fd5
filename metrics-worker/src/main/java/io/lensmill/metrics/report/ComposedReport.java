package io.lensmill.metrics.report;

import io.lensmill.contracts.MetricReport;

/**
 * A report, and how new its parts are.
 *
 * @param report sequence 0 and dated 1970: whoever sends it numbers and dates it
 * @param details names what the numbers that take long were worked out from; empty without such numbers
 * @param complete whether that is what the other numbers were worked out from
 */
public record ComposedReport(MetricReport report, String details, boolean complete) {}
