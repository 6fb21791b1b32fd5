package io.lensmill.cli.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.estimates.NamedFigures;
import java.util.List;
import java.util.Locale;

/** One metric report as a block of text of at most 80 columns. */
public final class ReportTable {

    private final StringBuilder text = new StringBuilder();
    private final Doubts doubts = new Doubts();
    private final FigureLines figures = new FigureLines("    ", doubts);

    private ReportTable() {}

    public static String of(MetricReport report) {
        ReportTable table = new ReportTable();
        table.head(report);
        table.figures(report, EstimateGroup.APPLICABILITY);
        if (report.getClassification() != null) {
            table.classification(report);
        }
        if (report.getRealism() != null) {
            table.realism(report);
        }
        table.doubts(report);
        return table.text.toString();
    }

    private void head(MetricReport report) {
        line("%s  (%s%s%s)"
                .formatted(
                        report.getCollection(),
                        report.getRole().name().toLowerCase(Locale.ROOT),
                        report.getWindowBegin() == null ? "" : ", since " + report.getWindowBegin(),
                        report.getClosed() ? ", closed" : ""));
        line("  model " + report.getModelId());
        line("  %d images counted, %d repeats left out, report %d"
                .formatted(report.getCounted(), report.getDuplicates(), report.getSequence()));
    }

    private void classification(MetricReport report) {
        ClassificationMetrics metrics = report.getClassification();
        String late = metrics.getLateLabels() == 0
                ? ""
                : ", %d of them by a message of their own".formatted(metrics.getLateLabels());
        line("  %d labelled%s".formatted(metrics.getLabelled(), late));
        figures(report, EstimateGroup.CLASSIFICATION);
        if (metrics.getLabelled() > 0) {
            confusion(metrics.getClasses(), metrics.getConfusion());
        }
    }

    private void confusion(List<String> classes, List<List<Long>> counts) {
        StringBuilder head = new StringBuilder("    true \\ predicted");
        classes.forEach(name -> head.append("%9.9s".formatted(name)));
        line(head.toString());
        for (int row = 0; row < counts.size(); row++) {
            StringBuilder cells =
                    new StringBuilder("      %-14.14s".formatted(row < classes.size() ? classes.get(row) : "?"));
            counts.get(row).forEach(count -> cells.append("%9d".formatted(count)));
            line(cells.toString());
        }
    }

    private void realism(MetricReport report) {
        RealismMetrics metrics = report.getRealism();
        String against = metrics.getReference() == null
                ? "no reference"
                : "against " + metrics.getReference() + " (" + metrics.getReferenceCount() + " images)";
        line("  realism %s, %d dimensions".formatted(against, metrics.getEmbeddingSize()));
        figures(report, EstimateGroup.REALISM);
        if (!ReportDetails.areCurrent(metrics)) {
            line("    What looks at single images is still being worked out; see the next reports.");
        }
    }

    private void figures(MetricReport report, EstimateGroup group) {
        figures.of(NamedFigures.of(report, group)).forEach(this::line);
    }

    private void doubts(MetricReport report) {
        if (report.getStatus() != EstimateStatus.OK) {
            line("  * " + report.getStatus());
        }
        doubts.paragraphs(4).forEach(this::lines);
    }

    private void line(String line) {
        lines(Printable.line(line));
    }

    private void lines(String lines) {
        text.append(text.isEmpty() ? "" : "\n").append(lines);
    }
}
