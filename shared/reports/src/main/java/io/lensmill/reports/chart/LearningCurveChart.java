package io.lensmill.reports.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How a classifier was learnt, epoch by epoch: losses on the left, validation figures on the right. */
public final class LearningCurveChart {

    private static final int PANEL_WIDTH = 760;
    private static final int PANEL_HEIGHT = 560;
    /** A logarithmic axis has no 0. */
    private static final double LEAST_LOSS = 1e-6;

    private LearningCurveChart() {}

    /**
     * @param modelId for the title
     * @param epochs the learningCurve of a classifier's model.json
     * @throws IllegalArgumentException when there is no epoch
     */
    public static void write(String modelId, JsonNode epochs, Path file) throws IOException {
        List<JsonNode> trained = new ArrayList<>();
        epochs.forEach(epoch -> {
            if (epoch.path("epoch").asInt() > 0) {
                trained.add(epoch);
            }
        });
        if (trained.isEmpty()) {
            throw new IllegalArgumentException("Model " + modelId + " has no learning curve");
        }
        XYChart losses = chart("Losses of " + modelId, "Cross-entropy");
        losses.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        ToDoubleFunction<JsonNode> training =
                epoch -> epoch.path("trainingLoss").asDouble();
        ToDoubleFunction<JsonNode> validation = epoch -> validation(epoch, "loss");
        DoubleSummaryStatistics range = trained.stream()
                .flatMapToDouble(
                        epoch -> DoubleStream.of(training.applyAsDouble(epoch), validation.applyAsDouble(epoch)))
                .summaryStatistics();
        ChartStyle.wholeDecades(losses.getStyler(), Math.max(range.getMin(), LEAST_LOSS), range.getMax());
        add(losses, 0, "training", trained, training);
        add(losses, 1, "validation", trained, validation);

        XYChart figures = chart("Validation split", "Fraction");
        figures.getStyler()
                .setYAxisMin(0.0)
                .setYAxisMax(1.0)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendPosition(Styler.LegendPosition.OutsideS);
        add(figures, 0, "macro AUC", trained, LearningCurveChart::macroAuc);
        add(figures, 1, "accuracy", trained, epoch -> validation(epoch, "accuracy"));
        add(figures, 2, "calibration error", trained, epoch -> validation(epoch, "calibrationError"));

        BufferedImage sheet = new BufferedImage(2 * PANEL_WIDTH, PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.drawImage(BitmapEncoder.getBufferedImage(losses), 0, 0, null);
        graphics.drawImage(BitmapEncoder.getBufferedImage(figures), PANEL_WIDTH, 0, null);
        graphics.dispose();
        ChartStyle.write(sheet, file);
    }

    private static XYChart chart(String title, String ordinate) {
        XYChart chart = new XYChartBuilder()
                .width(PANEL_WIDTH)
                .height(PANEL_HEIGHT)
                .title(title)
                .xAxisTitle("Epoch")
                .yAxisTitle(ordinate)
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisDecimalPattern("0");
        return chart;
    }

    private static void add(
            XYChart chart, int index, String name, List<JsonNode> epochs, ToDoubleFunction<JsonNode> figure) {
        List<Double> x =
                epochs.stream().map(epoch -> epoch.path("epoch").asDouble()).toList();
        List<Double> y = epochs.stream().map(figure::applyAsDouble).toList();
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(ChartStyle.colour(index))
                .setLineStyle(ChartStyle.line(index));
    }

    private static double validation(JsonNode epoch, String name) {
        return epoch.path("validation").path(name).asDouble();
    }

    private static double macroAuc(JsonNode epoch) {
        double sum = 0;
        JsonNode areas = epoch.path("validation").path("auc");
        for (JsonNode area : areas) {
            sum += area.asDouble();
        }
        return sum / areas.size();
    }
}
