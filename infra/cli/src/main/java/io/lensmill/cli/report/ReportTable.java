package io.lensmill.cli.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One metric report as a block of text of at most 80 columns. */
public final class ReportTable {

    private final StringBuilder text = new StringBuilder();
    private final Set<String> doubts = new LinkedHashSet<>();

    private ReportTable() {}

    public static String of(MetricReport report) {
        ReportTable table = new ReportTable();
        table.head(report);
        if (report.getClassification() != null) {
            table.classification(report.getClassification());
        }
        if (report.getRealism() != null) {
            table.realism(report.getRealism());
        }
        table.doubts(report);
        return table.text.toString();
    }

    private void head(MetricReport report) {
        line(
                "%s  (%s%s%s)",
                report.getCollection(),
                report.getRole().name().toLowerCase(Locale.ROOT),
                report.getWindowBegin() == null ? "" : ", since " + report.getWindowBegin(),
                report.getClosed() ? ", closed" : "");
        line("  model %s", report.getModelId());
        line(
                "  %d images counted, %d repeats left out, report %d",
                report.getCounted(), report.getDuplicates(), report.getSequence());
    }

    private void classification(ClassificationMetrics metrics) {
        line(
                "  %d labelled%s",
                metrics.getLabelled(),
                metrics.getLateLabels() == 0
                        ? ""
                        : ", %d of them by a message of their own".formatted(metrics.getLateLabels()));
        List<String> classes = metrics.getClasses();
        for (int i = 0; i < metrics.getAuc().size(); i++) {
            line("    AUC %-10s %s", classes.get(i), figure(metrics.getAuc().get(i)));
        }
        line("    AUC macro      %s", figure(metrics.getAucMacro()));
        line("    accuracy       %s", figure(metrics.getAccuracy()));
        if (metrics.getCalibrationError() != null) {
            line(
                    "    calibration    %s%s",
                    figure(metrics.getCalibrationError()),
                    compared(metrics.getCalibrationError(), "ofCalibratedClassifier", "if calibrated"));
        }
        if (metrics.getLabelled() > 0) {
            confusion(classes, metrics.getConfusion());
        }
    }

    private void confusion(List<String> classes, List<List<Long>> counts) {
        StringBuilder head = new StringBuilder("    true \\ predicted");
        classes.forEach(name -> head.append("%9.9s".formatted(name)));
        line("%s", head);
        for (int row = 0; row < counts.size(); row++) {
            StringBuilder cells = new StringBuilder("      %-14.14s".formatted(classes.get(row)));
            counts.get(row).forEach(count -> cells.append("%9d".formatted(count)));
            line("%s", cells);
        }
    }

    private void realism(RealismMetrics metrics) {
        String against = metrics.getReference() == null
                ? "no reference"
                : "against " + metrics.getReference() + " (" + metrics.getReferenceCount() + " images)";
        line("  realism %s, %d dimensions", against, metrics.getEmbeddingSize());
        line("    FID            %s", figure(metrics.getFid()));
        line("    FID floor      %s", figure(metrics.getFidFloor()));
        if (metrics.getFidInfinity() != null) {
            line("    FID infinity   %s", figure(metrics.getFidInfinity()));
        }
        if (metrics.getKid() != null) {
            line("    KID            %s", figure(metrics.getKid()));
        }
        if (metrics.getMemorised() != null) {
            line(
                    "    memorised      %s%s",
                    figure(metrics.getMemorised()),
                    compared(metrics.getMemorised(), "ofPerfectGenerator", "by chance"));
        }
        if (!metrics.getKernels().isEmpty()) {
            line("    %-10s %10s %11s %11s %11s", "kernel", "bandwidth", "RKE modes", "reference", "RRKE");
            metrics.getKernels().forEach(this::kernel);
        }
        if (!ReportDetails.areCurrent(metrics)) {
            line("    What looks at single images is still being worked out; see the next reports.");
        }
    }

    private void kernel(KernelMetrics kernel) {
        line(
                "    %-10.10s %10s %11s %11s %11s",
                kernel.getName(),
                Figures.number(kernel.getBandwidth()),
                noted(kernel.getRkeModeCount()),
                noted(kernel.getRkeModeCountReference()),
                noted(kernel.getRrke()));
    }

    /** What chance alone would make of the number; empty where its estimator does not say. */
    private static String compared(Estimate estimate, String parameter, String what) {
        String expected = estimate.getParameters().get(parameter);
        return expected == null ? "" : "   %s %s".formatted(Figures.number(Double.parseDouble(expected)), what);
    }

    private void doubts(MetricReport report) {
        if (report.getStatus() != EstimateStatus.OK) {
            line("  * %s", report.getStatus());
        }
        doubts.forEach(doubt -> line("%s", Paragraph.indented(doubt, 4)));
    }

    private String figure(Estimate estimate) {
        note(estimate);
        return Figures.withInterval(estimate) + mark(estimate);
    }

    private String noted(Estimate estimate) {
        note(estimate);
        return Figures.value(estimate) + mark(estimate);
    }

    private void note(Estimate estimate) {
        String doubt = Figures.doubt(estimate);
        if (!doubt.isEmpty()) {
            doubts.add(doubt);
        }
    }

    private static String mark(Estimate estimate) {
        return Figures.doubt(estimate).isEmpty() ? "" : " *";
    }

    private void line(String format, Object... values) {
        text.append(text.isEmpty() ? "" : "\n").append(format.formatted(values));
    }
}
