package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.estimates.NamedFigures;
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
        List<FigureView> figures,
        List<RealismPoint> history) {

    static ReportView of(String key, MetricReport report, List<RealismPoint> earlier) {
        long at = report.getEmittedAt().toEpochMilli();
        RealismView realism = report.getRealism() == null ? null : RealismView.of(report.getRealism());
        List<FigureView> figures = views(NamedFigures.of(report));
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
                figures,
                realism == null ? earlier : Course.with(earlier, point(at, report), Bounds.CURVE_POINTS));
    }

    private static RealismPoint point(long at, MetricReport report) {
        return RealismPoint.of(at, report.getCounted(), views(NamedFigures.of(report, EstimateGroup.REALISM)));
    }

    private static List<FigureView> views(List<NamedEstimate> figures) {
        return figures.stream().map(FigureView::of).toList();
    }
}
