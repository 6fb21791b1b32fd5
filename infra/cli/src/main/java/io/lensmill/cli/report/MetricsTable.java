package io.lensmill.cli.report;

import io.lensmill.cli.metrics.FileClassification;
import io.lensmill.cli.metrics.FileRealism;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.Figures;
import java.util.ArrayList;
import java.util.List;

/** Metrics of files as text of at most 80 columns. What is in doubt has a mark, and the reasons stand below. */
public final class MetricsTable {

    private static final String INDENT = "  ";
    private static final int CONFUSION_CLASSES = 6;

    private final List<String> lines = new ArrayList<>();
    private final Doubts doubts = new Doubts();
    private final FigureLines figures = new FigureLines(INDENT, doubts);

    private MetricsTable() {}

    /**
     * @param classification null without probabilities and labels
     * @param realism null without features
     */
    public static String of(FileClassification classification, FileRealism realism) {
        MetricsTable table = new MetricsTable();
        if (classification != null) {
            table.classification(classification);
        }
        if (realism != null) {
            table.realism(realism);
        }
        table.lines.addAll(table.doubts.paragraphs(INDENT.length()));
        return String.join("\n", table.lines);
    }

    private void classification(FileClassification found) {
        lines.add("%d images, %d classes"
                .formatted(found.images(), found.confusion().size()));
        lines.addAll(figures.of(found.figures()));
        for (int k = 0; k < found.aucBounds().size(); k++) {
            Estimate bounds = found.aucBounds().get(k);
            if (bounds.getValue() != null) {
                lines.add("%s%-15s %s to %s"
                        .formatted(
                                INDENT,
                                "AUC binned " + k,
                                Figures.number(bounds.getLower()),
                                Figures.number(bounds.getUpper())));
            }
        }
        confusion(found.confusion());
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

    private void realism(FileRealism found) {
        lines.add("%s, %d dimensions".formatted(sets(found), found.dimensions()));
        List<NamedEstimate> all = new ArrayList<>(found.figures());
        all.addAll(found.sketches());
        lines.addAll(figures.of(all));
    }

    private static String sets(FileRealism found) {
        if (found.realRows() == 0) {
            return found.generatedRows() + " generated";
        }
        return found.generatedRows() == 0
                ? found.realRows() + " real"
                : found.generatedRows() + " generated, " + found.realRows() + " real";
    }
}
