package io.lensmill.cli.report;

import io.lensmill.cli.metrics.ClassificationFigures;
import io.lensmill.cli.metrics.KernelFigures;
import io.lensmill.cli.metrics.KernelFigures.Pair;
import io.lensmill.cli.metrics.RealismFigures;
import io.lensmill.contracts.Estimate;
import io.lensmill.reports.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics of files as text of at most 80 columns. What is in doubt has a mark, and the reasons stand below. */
public final class MetricsTable {

    private static final String ROW = "  %-8.8s %10s %10s %10s %10s %10s %10s";
    private static final int CONFUSION_CLASSES = 6;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> doubts = new LinkedHashMap<>();

    private MetricsTable() {}

    /**
     * @param classification null without probabilities and labels
     * @param realism null without features
     */
    public static String of(ClassificationFigures classification, RealismFigures realism) {
        MetricsTable table = new MetricsTable();
        if (classification != null) {
            table.classification(classification);
        }
        if (realism != null) {
            table.realism(realism);
        }
        table.doubts.forEach((reason, number) -> table.lines.add(Paragraph.indented("*" + number + " " + reason, 2)));
        return String.join("\n", table.lines);
    }

    private void classification(ClassificationFigures figures) {
        lines.add("%d images, %d classes"
                .formatted(figures.accuracy().getN(), figures.auc().size()));
        for (int k = 0; k < figures.auc().size(); k++) {
            Estimate bounds = figures.aucBounds().get(k);
            String binned = bounds.getValue() == null
                    ? ""
                    : "   binned %s to %s"
                            .formatted(Figures.number(bounds.getLower()), Figures.number(bounds.getUpper()));
            line("AUC class " + k, figure(figures.auc().get(k)) + binned);
        }
        line("AUC macro", figure(figures.aucMacro()));
        line("accuracy", figure(figures.accuracy()));
        String floor = figures.calibrationError().getParameters().get("ofCalibratedClassifier");
        line(
                "calibration error",
                "%s   %s if calibrated"
                        .formatted(figure(figures.calibrationError()), Figures.number(Double.parseDouble(floor))));
        confusion(figures.confusion());
    }

    private void confusion(List<List<Long>> counts) {
        if (counts.size() > CONFUSION_CLASSES) {
            lines.add("  confusion of " + counts.size() + " classes: too wide for a table, see --json");
            return;
        }
        StringBuilder head = new StringBuilder("  true \\ predicted ");
        for (int k = 0; k < counts.size(); k++) {
            head.append("%9d".formatted(k));
        }
        lines.add(head.toString());
        for (int row = 0; row < counts.size(); row++) {
            StringBuilder cells = new StringBuilder("    %-15d ".formatted(row));
            counts.get(row).forEach(count -> cells.append("%9d".formatted(count)));
            lines.add(cells.toString());
        }
    }

    private void realism(RealismFigures figures) {
        lines.add("%s, %d dimensions".formatted(sets(figures), figures.dimensions()));
        if (figures.fid() != null) {
            line("FID", figure(figures.fid()));
            line("FID floor", figure(figures.fidFloor()));
            line("FID infinity", figure(figures.fidInfinity()));
            line("KID", figure(figures.kid()));
            line("memorised share", figure(figures.memorisation()) + expected(figures.memorisation()));
        }
        lines.add(ROW.formatted("", "RKE", "", "RKE real", "", "RRKE", "").stripTrailing());
        lines.add(ROW.formatted("kernel", "exact", "sketch", "exact", "sketch", "exact", "sketch"));
        figures.kernels().forEach(this::kernel);
        figures.kernels().stream()
                .filter(kernel -> kernel.bandwidth() > 0 && kernel.name().equals("auto"))
                .forEach(kernel -> lines.add("  auto is %s, the median distance of the real rows"
                        .formatted(Figures.number(kernel.bandwidth()))));
    }

    private static String sets(RealismFigures figures) {
        if (figures.realRows() == 0) {
            return figures.generatedRows() + " generated";
        }
        return figures.generatedRows() == 0
                ? figures.realRows() + " real"
                : figures.generatedRows() + " generated, " + figures.realRows() + " real";
    }

    private static String expected(Estimate memorisation) {
        String perfect = memorisation.getParameters().get("ofPerfectGenerator");
        return perfect == null
                ? ""
                : "   %s of a perfect generator".formatted(Figures.number(Double.parseDouble(perfect)));
    }

    private void kernel(KernelFigures kernel) {
        lines.add(ROW.formatted(
                        kernel.name(),
                        exact(kernel.generated()),
                        sketch(kernel.generated()),
                        exact(kernel.reference()),
                        sketch(kernel.reference()),
                        exact(kernel.relative()),
                        sketch(kernel.relative()))
                .stripTrailing());
    }

    private String exact(Pair pair) {
        return pair == null ? "" : noted(pair.exact());
    }

    private String sketch(Pair pair) {
        return pair == null ? "" : noted(pair.sketch());
    }

    private String figure(Estimate estimate) {
        return Figures.withInterval(estimate) + mark(estimate);
    }

    private String noted(Estimate estimate) {
        return Figures.value(estimate) + mark(estimate);
    }

    /** Equal reasons share a number. */
    private String mark(Estimate estimate) {
        String doubt = Figures.doubt(estimate);
        if (doubt.isEmpty()) {
            return "";
        }
        return " *" + doubts.computeIfAbsent(doubt, unused -> doubts.size() + 1);
    }

    private void line(String name, String text) {
        lines.add("  %-18s %s".formatted(name, text));
    }
}
