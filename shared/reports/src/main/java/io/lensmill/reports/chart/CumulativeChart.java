package io.lensmill.reports.chart;

import io.lensmill.metrics.distribution.SortedSample;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Cumulative distributions of a few samples each, as steps, one panel beside another. */
public final class CumulativeChart {

    private static final int PANEL_WIDTH = 620;
    private static final int PANEL_HEIGHT = 560;

    /** Of a sample that has more values, every so many make a step: a panel has fewer pixels. */
    private static final int MOST_STEPS = 1000;

    private CumulativeChart() {}

    /**
     * One distribution.
     *
     * @param label for the legend
     * @param values whose distribution it is
     */
    public record Sample(String label, SortedSample values) {}

    /**
     * One panel.
     *
     * @param title above it
     * @param abscissa what the values are
     * @param samples one to four
     */
    public record Panel(String title, String abscissa, List<Sample> samples) {}

    /** @throws IllegalArgumentException when there is no panel */
    public static void write(List<Panel> panels, Path file) throws IOException {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("A picture needs at least one panel; got none");
        }
        BufferedImage sheet = new BufferedImage(PANEL_WIDTH * panels.size(), PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            graphics.drawImage(BitmapEncoder.getBufferedImage(chart(panels.get(i))), i * PANEL_WIDTH, 0, null);
        }
        graphics.dispose();
        ChartStyle.write(sheet, file);
    }

    private static XYChart chart(Panel panel) {
        XYChart chart = new XYChartBuilder()
                .width(PANEL_WIDTH)
                .height(PANEL_HEIGHT)
                .title(ChartStyle.shortened(panel.title()))
                .xAxisTitle(panel.abscissa())
                .yAxisTitle("Share of images up to it")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(90);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Sample sample : panel.samples()) {
            least = Math.min(least, sample.values().at(0));
            most = Math.max(most, sample.values().at(sample.values().size() - 1));
        }
        for (int i = 0; i < panel.samples().size(); i++) {
            addSteps(chart, panel.samples().get(i), i, least, most);
        }
        return chart;
    }

    /** From the least of all values to the greatest, so that each line goes from 0 to 1. */
    private static void addSteps(XYChart chart, Sample sample, int index, double least, double most) {
        int size = sample.values().size();
        int stride = (size + MOST_STEPS - 1) / MOST_STEPS;
        List<Double> x = new ArrayList<>(List.of(least));
        List<Double> y = new ArrayList<>(List.of(0.0));
        for (int rank = stride - 1; rank < size; rank += stride) {
            x.add(sample.values().at(rank));
            y.add(y.get(y.size() - 1));
            x.add(sample.values().at(rank));
            y.add((rank + 1.0) / size);
        }
        x.add(most);
        y.add(1.0);
        ChartStyle.line(chart, "sample " + index, sample.label(), x, y)
                .setLineColor(ChartStyle.colour(index))
                .setLineStyle(ChartStyle.line(index));
    }
}
