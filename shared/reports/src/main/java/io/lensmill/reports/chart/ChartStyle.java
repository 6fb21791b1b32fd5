package io.lensmill.reports.chart;

import io.lensmill.contracts.MetricReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts share: colours, line styles, letter sizes, and how they become files. */
final class ChartStyle {

    /** Colours of Okabe and Ito (2008), told apart by people of every colour vision. */
    static final List<Color> COLOURS = List.of(
            new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00));

    /** A second sign beside the colour, for grey prints. */
    static final List<BasicStroke> STROKES = List.of(stroke(), stroke(10, 5), stroke(3, 4), stroke(12, 4, 3, 4));

    static final Color INK = new Color(0x222222);
    static final Color GRID = new Color(0xDDDDDD);
    static final Color CHANCE = new Color(0x888888);

    /** More classes make no picture that can be read. */
    static final int MOST_CLASSES = 10;

    private static final float LINE_WIDTH = 2.4f;
    private static final int SIDE = 820;
    private static final int NAME_LENGTH = 36;
    /** Of a name that shares its title with a date. */
    private static final int SHORT_NAME_LENGTH = 16;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT);

    private ChartStyle() {}

    static Color colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    static BasicStroke line(int series) {
        return STROKES.get(series % STROKES.size());
    }

    static void apply(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(INK);
        style.setChartFontColor(INK);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(12);
        style.setChartTitleFont(font(Font.BOLD, 19));
        style.setAxisTitleFont(font(Font.PLAIN, 17));
        style.setAxisTickLabelsFont(font(Font.PLAIN, 15));
        style.setAxisTickLabelsColor(INK);
        style.setLegendFont(font(Font.PLAIN, 15));
        style.setLegendBorderColor(GRID);
        style.setLegendBackgroundColor(new Color(255, 255, 255, 230));
        style.setChartPadding(14);
        style.setLegendPosition(Styler.LegendPosition.InsideSE);
    }

    /** A logarithmic ordinate from decade to decade, which are what it labels. */
    static void wholeDecades(AxesChartStyler style, double least, double most) {
        style.setYAxisLogarithmic(true);
        style.setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
        style.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most))));
    }

    /** A square chart of shares against shares, both from 0 to 1. */
    static XYChart unitSquare(String title, String across, String up) {
        XYChart chart = new XYChartBuilder()
                .width(SIDE)
                .height(SIDE)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(90).setYAxisTickMarkSpacingHint(90);
        return chart;
    }

    /** From (0,0) to (1,1), thin and grey. */
    static void addDiagonal(XYChart chart, String label) {
        line(chart, "diagonal", label, List.of(0.0, 1.0), List.of(0.0, 1.0))
                .setLineColor(CHANCE)
                .setLineStyle(new BasicStroke(
                        1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5, 5}, 0));
    }

    /**
     * A line without markers.
     *
     * @param id distinct in the chart
     * @param label for the legend
     */
    static XYSeries line(XYChart chart, String id, String label, List<Double> x, List<Double> y) {
        XYSeries series = chart.addSeries(id, x, y);
        series.setLabel(label);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    /** What a report is of, for a title: the collection, and since when where that is not from its beginning. */
    static String subject(MetricReport report) {
        return report.getWindowBegin() == null
                ? shortened(report.getCollection())
                : shortened(report.getCollection(), SHORT_NAME_LENGTH) + " since "
                        + MINUTE.format(report.getWindowBegin().atOffset(ZoneOffset.UTC));
    }

    /** A name that strangers chose, short enough for a title: its beginning and its end. */
    static String shortened(String name) {
        return shortened(name, NAME_LENGTH);
    }

    private static String shortened(String name, int length) {
        int half = length / 2;
        return name.length() <= length
                ? name
                : name.substring(0, half) + "…" + name.substring(name.length() - half + 1);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static void write(BufferedImage image, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("This Java installation cannot write PNG files");
        }
    }

    private static BasicStroke stroke(float... dashes) {
        return dashes.length == 0
                ? new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dashes, 0f);
    }
}
