package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Latest;
import io.lensmill.cli.report.ReportDetails;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.Topics;

/** Waits until the metrics worker has reported on everything that was classified. */
final class DemoReports {

    private final Broker broker;
    private final String modelId;
    private final Runnable check;

    DemoReports(Broker broker, String modelId, Runnable check) {
        this.broker = broker;
        this.modelId = modelId;
        this.check = check;
    }

    /**
     * The first report of the collection that covers this many images with all of its numbers.
     *
     * @param referenceImages images that the reference must have by then; 0: no reference is waited for
     */
    MetricReport awaitCount(String collection, int images, int referenceImages) throws InterruptedException {
        try (Latest<MetricReport> latest = Latest.of(broker, Topics.REPORTS, MetricReport.class)) {
            while (true) {
                MetricReport report = latest.byKey().get(modelId + "/" + collection);
                if (report != null && covers(report, images, referenceImages)) {
                    return report;
                }
                check.run();
                if (Thread.interrupted()) {
                    throw new InterruptedException("Stopped waiting for the report of " + collection);
                }
                latest.refresh();
            }
        }
    }

    private static boolean covers(MetricReport report, int images, int referenceImages) {
        RealismMetrics realism = report.getRealism();
        boolean compared = referenceImages == 0
                || (realism != null
                        && realism.getReferenceCount() >= referenceImages
                        && ReportDetails.areCurrent(realism));
        return report.getCounted() >= images && compared;
    }
}
