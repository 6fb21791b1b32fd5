package io.lensmill.reports.chart;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.Figures;
import io.lensmill.reports.chart.DotPlot.Mark;
import io.lensmill.reports.chart.DotPlot.Panel;
import io.lensmill.reports.chart.DotPlot.Row;
import io.lensmill.reports.estimates.NamedFigures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How close generated images are to real ones and how varied: every number of realism that a report has, with its
 * interval and with what a perfect generator would show. Numbers of one axis share a panel.
 */
public final class RealismChart {

    private static final int IMAGES = 0;
    private static final int EXPECTED = 1;
    /** Of a panel; bandwidths beyond are in the JSON. */
    private static final int MOST_ROWS = 12;

    private static final String BANDWIDTH = "bandwidth";

    private RealismChart() {}

    /** Empty where the report has no number of realism. */
    public static Optional<BufferedImage> of(MetricReport report) {
        List<NamedEstimate> figures = shown(NamedFigures.of(report, EstimateGroup.REALISM));
        if (report.getRealism() == null || figures.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<NamedEstimate>> byAxis = new LinkedHashMap<>();
        figures.forEach(figure -> byAxis.computeIfAbsent(figure.getAxis(), axis -> new ArrayList<>())
                .add(figure));
        List<Panel> panels = byAxis.values().stream().map(RealismChart::panel).toList();
        return Optional.of(DotPlot.of(title(report), keys(figures), panels));
    }

    /** A number that is what another one is expected to be, as the floor of FID is, stands beside that one. */
    private static List<NamedEstimate> shown(List<NamedEstimate> figures) {
        return figures.stream()
                .filter(figure -> hasValue(figure.getEstimate()))
                .filter(figure ->
                        figures.stream().noneMatch(other -> figure.getEstimate().equals(other.getExpected())))
                .toList();
    }

    private static String title(MetricReport report) {
        RealismMetrics metrics = report.getRealism();
        String against = metrics.getReference() == null
                ? "no reference"
                : "against %s, %d images"
                        .formatted(ChartStyle.shortened(metrics.getReference()), metrics.getReferenceCount());
        return "Realism of %s, %d images, %s".formatted(ChartStyle.subject(report), report.getCounted(), against);
    }

    private static List<DotPlot.Key> keys(List<NamedEstimate> figures) {
        List<DotPlot.Key> keys = new ArrayList<>();
        keys.add(new DotPlot.Key(IMAGES, "these images"));
        if (figures.stream().anyMatch(figure -> hasValue(figure.getExpected()))) {
            keys.add(new DotPlot.Key(EXPECTED, "a perfect generator"));
        }
        return keys;
    }

    private static Panel panel(List<NamedEstimate> figures) {
        NamedEstimate first = figures.get(0);
        boolean several =
                figures.stream().map(NamedEstimate::getName).distinct().count() > 1;
        return new Panel(
                first.getAxis(),
                first.getLogarithmic(),
                figures.stream()
                        .limit(MOST_ROWS)
                        .map(figure -> row(figure, several))
                        .toList());
    }

    /** @param titled whether the label must say which metric it is */
    private static Row row(NamedEstimate figure, boolean titled) {
        List<Mark> marks = new ArrayList<>();
        marks.add(mark(IMAGES, figure.getEstimate()));
        String numbers = Figures.withInterval(figure.getEstimate());
        if (hasValue(figure.getExpected())) {
            marks.add(mark(EXPECTED, figure.getExpected()));
            numbers += figure.getExpected().getValue() == 0 ? "" : " / " + Figures.value(figure.getExpected());
        }
        return new Row(label(figure, titled), marks, numbers + doubt(figure.getEstimate()));
    }

    private static String label(NamedEstimate figure, boolean titled) {
        String asked = figure.getLabels().get(BANDWIDTH);
        if (asked == null) {
            return figure.getTitle();
        }
        String title = titled ? figure.getTitle() + ", " : "";
        String bandwidth = figure.getEstimate().getParameters().get(BANDWIDTH);
        boolean adapted = !asked.matches("[0-9.]+") && bandwidth != null;
        return title
                + (adapted ? "%s, \u03c3 = %.3g".formatted(asked, Double.parseDouble(bandwidth)) : "\u03c3 = " + asked);
    }

    private static Mark mark(int kind, Estimate estimate) {
        return new Mark(kind, estimate.getValue(), estimate.getLower(), estimate.getUpper());
    }

    private static boolean hasValue(Estimate estimate) {
        return estimate != null && estimate.getValue() != null && Double.isFinite(estimate.getValue());
    }

    private static String doubt(Estimate estimate) {
        return estimate.getStatus() == EstimateStatus.OK
                ? ""
                : " (" + estimate.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
