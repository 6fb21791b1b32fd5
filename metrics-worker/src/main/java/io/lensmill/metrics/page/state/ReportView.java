package io.lensmill.metrics.page.state;

import io.lensmill.contracts.MetricReport;
import java.util.List;

/** The newest report of a key, and how its realism came to be. */
public record ReportView(
        String key,
        String modelId,
        String collection,
        String window,
        boolean closed,
        String role,
        long sequence,
        long emittedAt,
        long received,
        long counted,
        long duplicates,
        String status,
        ClassificationView classification,
        RealismView realism,
        List<RealismPoint> history) {

    static ReportView of(String key, MetricReport report, List<RealismPoint> earlier) {
        long at = report.getEmittedAt().toEpochMilli();
        RealismView realism = report.getRealism() == null ? null : RealismView.of(report.getRealism());
        return new ReportView(
                key,
                report.getModelId(),
                report.getCollection(),
                report.getWindow(),
                report.getClosed(),
                report.getRole().name(),
                report.getSequence(),
                at,
                report.getReceived(),
                report.getCounted(),
                report.getDuplicates(),
                report.getStatus().name(),
                report.getClassification() == null ? null : ClassificationView.of(report.getClassification()),
                realism,
                realism == null
                        ? earlier
                        : Course.with(earlier, RealismPoint.of(at, report.getCounted(), realism), Bounds.CURVE_POINTS));
    }
}
