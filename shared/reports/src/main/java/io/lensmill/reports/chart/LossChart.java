package io.lensmill.reports.chart;

import io.lensmill.contracts.JobEvent;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Training losses over optimiser steps, one panel a training: their scales have nothing in common. */
public final class LossChart {

    private static final int PANEL_WIDTH = 760;
    private static final int PANEL_HEIGHT = 560;
    private static final int FEW_POINTS = 40;

    private LossChart() {}

    /**
     * One training.
     *
     * @param title above the panel
     * @param lossName label of the ordinate
     * @param logarithmic whether the ordinate is logarithmic
     * @param events the job's events; those without a loss are left out
     */
    public record Panel(String title, String lossName, boolean logarithmic, List<JobEvent> events) {

        List<JobEvent> points() {
            return events.stream()
                    .filter(event -> event.getLoss() != null
                            && Double.isFinite(event.getLoss())
                            && event.getLoss() > 0
                            && event.getStep() > 0)
                    .toList();
        }
    }

    /** @throws IllegalArgumentException when a training told no loss */
    public static void write(List<Panel> panels, Path file) throws IOException {
        BufferedImage sheet = new BufferedImage(PANEL_WIDTH * panels.size(), PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            BufferedImage panel = BitmapEncoder.getBufferedImage(chart(panels.get(i), i));
            graphics.drawImage(panel, i * PANEL_WIDTH, 0, null);
        }
        graphics.dispose();
        ChartStyle.write(sheet, file);
    }

    private static XYChart chart(Panel panel, int index) {
        List<JobEvent> points = panel.points();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("No event of '" + panel.title() + "' holds a loss");
        }
        XYChart chart = new XYChartBuilder()
                .width(PANEL_WIDTH)
                .height(PANEL_HEIGHT)
                .title(panel.title())
                .xAxisTitle("Optimiser step")
                .yAxisTitle(panel.lossName())
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisMin(0.0).setXAxisDecimalPattern("#,##0").setXAxisTickMarkSpacingHint(110);
        scaleOrdinate(chart, panel, points);
        XYSeries curve = chart.addSeries(
                panel.lossName(),
                points.stream().map(event -> (double) event.getStep()).toList(),
                points.stream().map(JobEvent::getLoss).toList());
        curve.setMarker(points.size() <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        curve.setMarkerColor(ChartStyle.colour(index));
        curve.setLineColor(ChartStyle.colour(index)).setLineStyle(ChartStyle.line(0));
        return chart;
    }

    /** From 0 upwards, or whole decades. */
    private static void scaleOrdinate(XYChart chart, Panel panel, List<JobEvent> points) {
        if (panel.logarithmic()) {
            double least = points.stream().mapToDouble(JobEvent::getLoss).min().orElse(1);
            double most = points.stream().mapToDouble(JobEvent::getLoss).max().orElse(1);
            ChartStyle.wholeDecades(chart.getStyler(), least, most);
        } else {
            chart.getStyler().setYAxisMin(0.0);
        }
    }
}
