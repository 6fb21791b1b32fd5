package io.lensmill.metrics.report;

import io.lensmill.contracts.MetricReport;

/**
 * A report, and how new its parts are.
 *
 * @param report sequence 0 and dated 1970: whoever sends it numbers and dates it
 * @param details what the numbers that take long were worked out from
 * @param complete whether that is what the other numbers were worked out from
 */
public record ComposedReport(MetricReport report, Details details, boolean complete) {

    /**
     * @param place of what they are, see {@link DetailsDesk}; empty without such numbers
     * @param identity of the images that they are worked out from; empty before the first ones
     */
    public record Details(String place, String identity) {

        static final Details NONE = new Details("", "");
    }
}
