package io.lensmill.reports.chart;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RocCurve;
import io.lensmill.reports.Figures;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** ROC curves, one class against the rest, with their areas in the legend and the diagonal of chance. */
public final class RocChart {

    private RocChart() {}

    /** Empty without labelled images, and with more classes than a legend can hold. */
    public static Optional<BufferedImage> of(MetricReport report) {
        ClassificationMetrics metrics = report.getClassification();
        if (metrics == null
                || metrics.getRocCurves().isEmpty()
                || metrics.getRocCurves().size() > ChartStyle.MOST_CLASSES) {
            return Optional.empty();
        }
        XYChart chart = ChartStyle.unitSquare(
                "ROC of %s, n = %d".formatted(ChartStyle.subject(report), metrics.getLabelled()),
                "False positive rate, one class against the rest",
                "True positive rate");
        for (int i = 0; i < metrics.getRocCurves().size(); i++) {
            addCurve(chart, metrics, i);
        }
        ChartStyle.addDiagonal(chart, "chance   AUC 0.5");
        return Optional.of(BitmapEncoder.getBufferedImage(chart));
    }

    private static void addCurve(XYChart chart, ClassificationMetrics metrics, int index) {
        RocCurve curve = metrics.getRocCurves().get(index);
        String name = "%s   AUC %s"
                .formatted(
                        ChartStyle.shortened(curve.getClassName()),
                        Figures.withInterval(metrics.getAuc().get(index)));
        ChartStyle.line(chart, "curve " + index, name, curve.getFalsePositiveRate(), curve.getTruePositiveRate())
                .setLineColor(ChartStyle.colour(index))
                .setLineStyle(ChartStyle.line(index));
    }
}
