package io.lensmill.cli.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.Figures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Named numbers as lines of at most 80 columns, whichever they are. Those of a kernel make a table with a column per
 * bandwidth and a row per metric.
 */
final class FigureLines {

    private static final String BANDWIDTH = "bandwidth";
    private static final String CLASS = "class";
    /** Of a table; further bandwidths make a table of their own below. */
    private static final int COLUMNS = 6;

    private final String indent;
    private final Doubts doubts;

    /** @param indent of every line, at most 4 blanks */
    FigureLines(String indent, Doubts doubts) {
        this.indent = indent;
        this.doubts = doubts;
    }

    List<String> of(List<NamedEstimate> figures) {
        List<String> lines = new ArrayList<>();
        for (NamedEstimate figure : figures) {
            if (!figure.getLabels().containsKey(BANDWIDTH)) {
                lines.add(line(figure));
            }
        }
        lines.addAll(tables(figures.stream()
                .filter(figure -> figure.getLabels().containsKey(BANDWIDTH))
                .toList()));
        return lines;
    }

    private String line(NamedEstimate figure) {
        String name = figure.getLabels().containsKey(CLASS)
                ? figure.getTitle() + " " + figure.getLabels().get(CLASS)
                : figure.getTitle();
        Estimate estimate = figure.getEstimate();
        return "%s%-15s %s%s%s"
                .formatted(indent, name, Figures.withInterval(estimate), doubts.mark(estimate), expected(figure));
    }

    /** Zero, which most would be at best, is not worth a word. */
    private static String expected(NamedEstimate figure) {
        Estimate expected = figure.getExpected();
        return expected == null || expected.getValue() == null || expected.getValue() == 0
                ? ""
                : "   expected " + Figures.value(expected);
    }

    private List<String> tables(List<NamedEstimate> figures) {
        List<String> bandwidths = distinct(figures.stream()
                .map(figure -> figure.getLabels().get(BANDWIDTH))
                .toList());
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < bandwidths.size(); from += COLUMNS) {
            List<String> columns = bandwidths.subList(from, Math.min(bandwidths.size(), from + COLUMNS));
            lines.add(row("bandwidth", columns));
            for (String metric :
                    distinct(figures.stream().map(NamedEstimate::getName).toList())) {
                addRows(lines, columns, of(metric, figures));
            }
        }
        figures.stream()
                .filter(figure -> figure.getLabels().get(BANDWIDTH).equals("auto"))
                .map(figure -> figure.getEstimate().getParameters().get(BANDWIDTH))
                .filter(bandwidth -> bandwidth != null)
                .findFirst()
                .ifPresent(bandwidth -> lines.add(
                        "%sauto is %s, the median distance of the reference".formatted(indent, number(bandwidth))));
        return lines;
    }

    private static List<NamedEstimate> of(String metric, List<NamedEstimate> figures) {
        return figures.stream()
                .filter(figure -> figure.getName().equals(metric))
                .toList();
    }

    /** What a perfect generator would show, in a row of its own where it is not zero. */
    private void addRows(List<String> lines, List<String> columns, List<NamedEstimate> metric) {
        lines.add(row(
                metric.get(0).getTitle(),
                columns.stream().map(column -> cell(column, metric, false)).toList()));
        if (metric.stream().anyMatch(figure -> !expected(figure).isEmpty())) {
            lines.add(row(
                    "  expected",
                    columns.stream().map(column -> cell(column, metric, true)).toList()));
        }
    }

    private String cell(String bandwidth, List<NamedEstimate> metric, boolean expected) {
        return metric.stream()
                .filter(figure -> figure.getLabels().get(BANDWIDTH).equals(bandwidth))
                .map(figure -> expected ? figure.getExpected() : figure.getEstimate())
                .map(estimate -> Figures.value(estimate) + doubts.mark(estimate))
                .findFirst()
                .orElse("-");
    }

    private String row(String name, List<String> cells) {
        StringBuilder line = new StringBuilder(indent).append("%-15.15s".formatted(name));
        cells.forEach(cell -> line.append("%10s".formatted(cell)));
        return line.toString().stripTrailing();
    }

    /** Shortened where it is one; reports of others may say anything. */
    private static String number(String text) {
        try {
            return Figures.number(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static List<String> distinct(List<String> values) {
        Set<String> seen = new LinkedHashSet<>(values);
        return List.copyOf(seen);
    }
}
