package io.lensmill.cli.demo;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo's last screen: the figures, the account, the files. */
final class Summary {

    private Summary() {}

    static String text(Findings findings, Stages stages, Path out) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        addClassification(lines, findings.heldOut().getClassification());
        addRealism(lines, findings.made().getRealism());
        lines.add("");
        lines.add("  published %d = classified %d + dead-lettered %d"
                .formatted(
                        findings.published(),
                        findings.classified(),
                        findings.refused().size()));
        lines.add("  generated %d = classified %d".formatted(findings.generated(), findings.generatedClassified()));
        lines.add("");
        lines.add("  %.0f s in all. In %s:".formatted(stages.totalSeconds(), out));
        lines.add("  report.json  roc.png  confusion.png  reliability.png  realism.png");
        lines.add("  samples.png  loss.png");
        return String.join("\n", lines);
    }

    private static void addClassification(List<String> lines, ClassificationMetrics metrics) {
        lines.add("  Held-out images: %d labelled".formatted(metrics.getLabelled()));
        for (int i = 0; i < metrics.getClasses().size(); i++) {
            row(
                    lines,
                    "AUC " + metrics.getClasses().get(i),
                    Figures.withInterval(metrics.getAuc().get(i)));
        }
        row(lines, "AUC macro", Figures.withInterval(metrics.getAucMacro()));
        row(lines, "accuracy", Figures.withInterval(metrics.getAccuracy()));
    }

    private static void addRealism(List<String> lines, RealismMetrics metrics) {
        lines.add("  Generated images against %d real ones, %d dimensions"
                .formatted(metrics.getReferenceCount(), metrics.getEmbeddingSize()));
        row(lines, "FID", Figures.withInterval(metrics.getFid()) + doubt(Figures.doubt(metrics.getFid())));
        row(lines, "FID floor", Figures.withInterval(metrics.getFidFloor()) + "  (what a perfect generator shows)");
        for (KernelMetrics kernel : metrics.getKernels()) {
            row(
                    lines,
                    "RKE modes, " + kernel.getName(),
                    "%s (real %s)   RRKE %s"
                            .formatted(
                                    Figures.value(kernel.getRkeModeCount()),
                                    Figures.value(kernel.getRkeModeCountReference()),
                                    Figures.value(kernel.getRrke())));
        }
    }

    private static String doubt(String reason) {
        return reason.isEmpty() ? "" : "  " + reason.replaceFirst(":.*", "");
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add("    %-18s %s".formatted(name, value));
    }
}
