package io.lensmill.cli.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.RealismMetrics;
import java.util.Map;

/**
 * The numbers of a report that look at single images: mode counts, RRKE, KID, FID at infinite size, memorisation. Of
 * many images they take seconds, and reports do not wait for them: they have those of fewer images, or none, until one
 * comes that has all.
 */
public final class ReportDetails {

    private ReportDetails() {}

    /** Whether they are of the same images as the FID beside them; true where no comparison is made at all. */
    public static boolean areCurrent(RealismMetrics metrics) {
        Map<String, String> counted = metrics.getFid().getParameters();
        if (!counted.containsKey("rows")) {
            return true;
        }
        Estimate kid = metrics.getKid();
        return kid != null
                && counted.get("rows").equals(kid.getParameters().get("rowsOf"))
                && counted.get("referenceRows").equals(kid.getParameters().get("referenceRowsOf"));
    }
}
