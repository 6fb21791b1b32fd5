package io.lensmill.reports.chart;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.reports.Figures;
import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The reliability diagram (Guo et al. 2017, figure 1): how often the classifier is right where it is so sure, with the
 * diagonal of a calibrated one. Bars are the 95 % intervals of Wilson.
 */
public final class ReliabilityChart {

    private ReliabilityChart() {}

    /** Empty without labelled images. */
    public static Optional<BufferedImage> of(MetricReport report) {
        ClassificationMetrics metrics = report.getClassification();
        if (metrics == null || metrics.getReliability().isEmpty()) {
            return Optional.empty();
        }
        List<ReliabilityPoint> bins = metrics.getReliability();
        XYChart chart = ChartStyle.unitSquare(
                "Calibration of %s, n = %d"
                        .formatted(
                                ChartStyle.subject(report),
                                bins.stream()
                                        .mapToLong(ReliabilityPoint::getCount)
                                        .sum()),
                "Mean probability of the predicted class",
                "Share of hits");
        ChartStyle.addDiagonal(chart, "calibrated");
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        for (int bin = 0; bin < bins.size(); bin++) {
            addInterval(chart, bin, bins.get(bin));
        }
        ChartStyle.line(
                        chart,
                        "bins",
                        "calibration error " + Figures.withInterval(metrics.getCalibrationError()),
                        bins.stream().map(ReliabilityPoint::getConfidence).toList(),
                        bins.stream().map(ReliabilityPoint::getAccuracy).toList())
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(ChartStyle.colour(0))
                .setLineColor(ChartStyle.colour(0))
                .setLineStyle(ChartStyle.line(0));
        return Optional.of(BitmapEncoder.getBufferedImage(chart));
    }

    private static void addInterval(XYChart chart, int number, ReliabilityPoint bin) {
        long hits = Math.round(bin.getAccuracy() * bin.getCount());
        Interval interval = Interval.wilson(hits, bin.getCount());
        XYSeries bar = ChartStyle.line(
                chart,
                "interval " + number,
                "",
                List.of(bin.getConfidence(), bin.getConfidence()),
                List.of(interval.lower(), interval.upper()));
        bar.setShowInLegend(false);
        bar.setLineColor(ChartStyle.colour(0)).setLineStyle(new BasicStroke(1.4f));
    }
}
