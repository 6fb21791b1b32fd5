package io.lensmill.cli.chart;

import io.lensmill.cli.report.Figures;
import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RocCurve;
import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** ROC curves, one class against the rest, with their areas in the legend and the diagonal of chance. */
public final class RocChart {

    private static final int SIDE = 820;

    private RocChart() {}

    /** @throws IllegalArgumentException when the report has no labelled images */
    public static void write(MetricReport report, Path file) throws IOException {
        ClassificationMetrics metrics = report.getClassification();
        if (metrics == null || metrics.getRocCurves().isEmpty()) {
            throw new IllegalArgumentException("The report of " + report.getCollection() + " has no ROC curve");
        }
        XYChart chart = new XYChartBuilder()
                .width(SIDE)
                .height(SIDE)
                .title("ROC, one class against the rest (%s, n = %d)"
                        .formatted(report.getCollection(), metrics.getLabelled()))
                .xAxisTitle("False positive rate")
                .yAxisTitle("True positive rate")
                .build();
        style(chart);
        for (int i = 0; i < metrics.getRocCurves().size(); i++) {
            addCurve(chart, metrics, i);
        }
        addChance(chart);
        ChartStyle.write(BitmapEncoder.getBufferedImage(chart), file);
    }

    private static void style(XYChart chart) {
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(90).setYAxisTickMarkSpacingHint(90);
    }

    private static void addCurve(XYChart chart, ClassificationMetrics metrics, int index) {
        RocCurve curve = metrics.getRocCurves().get(index);
        String name = "%s   AUC %s"
                .formatted(
                        curve.getClassName(),
                        Figures.withInterval(metrics.getAuc().get(index)));
        line(chart, name, curve.getFalsePositiveRate(), curve.getTruePositiveRate())
                .setLineColor(ChartStyle.colour(index))
                .setLineStyle(ChartStyle.line(index));
    }

    private static void addChance(XYChart chart) {
        line(chart, "chance   AUC 0.5", List.of(0.0, 1.0), List.of(0.0, 1.0))
                .setLineColor(ChartStyle.CHANCE)
                .setLineStyle(new BasicStroke(
                        1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5, 5}, 0));
    }

    private static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
