package io.lensmill.reports.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Numbers with their intervals as dots on lines, one row each, in panels with an axis of their own. Drawn by hand,
 * since the chart library has no categories along the ordinate and no intervals that are not symmetric.
 */
final class DotPlot {

    private static final int WIDTH = 1240;
    private static final int LEFT = 210;
    private static final int RIGHT = 790;
    private static final int TITLE = 64;
    private static final int HEAD = 44;
    private static final int ROW = 36;
    private static final int FOOT = 52;
    private static final double RADIUS = 6.5;
    private static final double MARGIN = 0.04;
    private static final int TICKS = 6;

    /**
     * @param colour and shape: 0 a disc, 1 a hollow square, 2 a stroke
     * @param value may be null: nothing is drawn
     * @param lower null without an interval
     * @param upper null without an interval
     */
    record Mark(int colour, Double value, Double lower, Double upper) {

        DoubleStream extent() {
            return Stream.of(value, lower, upper)
                    .filter(number -> number != null && Double.isFinite(number))
                    .mapToDouble(Double::doubleValue);
        }
    }

    /** @param text the numbers themselves, at the right end */
    record Row(String label, List<Mark> marks, String text) {}

    /** @param logarithmic for numbers of 1 and more; otherwise the axis includes 0 */
    record Panel(String title, boolean logarithmic, List<Row> rows) {

        int height() {
            return HEAD + rows.size() * ROW + FOOT;
        }
    }

    /** @param colour and shape of a kind of mark */
    record Key(int colour, String label) {}

    private final Graphics2D graphics;
    private final BufferedImage image;

    private DotPlot(int height) {
        image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
    }

    static BufferedImage of(String title, List<Key> keys, List<Panel> panels) {
        int height = TITLE + 34 + panels.stream().mapToInt(Panel::height).sum() + 8;
        DotPlot plot = new DotPlot(height);
        plot.text(title, Font.BOLD, 19, ChartStyle.INK, 24, 36);
        plot.keys(keys);
        int y = TITLE + 34;
        for (Panel panel : panels) {
            plot.panel(panel, y);
            y += panel.height();
        }
        plot.graphics.dispose();
        return plot.image;
    }

    private void keys(List<Key> keys) {
        int x = 30;
        for (Key key : keys) {
            sign(key.colour(), x, TITLE);
            text(key.label(), Font.PLAIN, 15, ChartStyle.INK, x + 14, TITLE + 5);
            x += 44 + graphics.getFontMetrics().stringWidth(key.label());
        }
    }

    private void panel(Panel panel, int top) {
        text(panel.title(), Font.BOLD, 16, ChartStyle.INK, 24, top + 26);
        int bottom = top + HEAD + panel.rows().size() * ROW;
        Axis axis = Axis.of(panel);
        for (double tick : axis.ticks()) {
            int x = (int) Math.round(axis.at(tick));
            graphics.setColor(tick == 0 ? ChartStyle.CHANCE : ChartStyle.GRID);
            graphics.setStroke(new BasicStroke(1f));
            graphics.drawLine(x, top + HEAD, x, bottom);
            centred(axis.label(tick), x, bottom + 20);
        }
        for (int row = 0; row < panel.rows().size(); row++) {
            row(panel.rows().get(row), axis, top + HEAD + row * ROW + ROW / 2);
        }
        graphics.setColor(ChartStyle.INK);
        graphics.setStroke(new BasicStroke(1f));
        graphics.drawRect(LEFT, top + HEAD, RIGHT - LEFT, bottom - top - HEAD);
    }

    /** Marks of a row lie a little above one another, so that equal numbers do not hide each other. */
    private void row(Row row, Axis axis, int y) {
        text(row.label(), Font.PLAIN, 15, ChartStyle.INK, 24, y + 5);
        text(row.text(), Font.PLAIN, 15, ChartStyle.INK, RIGHT + 18, y + 5);
        int drawn = row.marks().size();
        for (int i = 0; i < drawn; i++) {
            mark(row.marks().get(i), axis, y + (drawn == 1 ? 0 : i * 12 - 6));
        }
    }

    private void mark(Mark mark, Axis axis, double y) {
        graphics.setColor(ChartStyle.colour(mark.colour()));
        graphics.setStroke(new BasicStroke(2f));
        if (mark.lower() != null && mark.upper() != null) {
            double from = axis.at(mark.lower());
            double to = axis.at(mark.upper());
            graphics.draw(new Line2D.Double(from, y, to, y));
            graphics.draw(new Line2D.Double(from, y - 4, from, y + 4));
            graphics.draw(new Line2D.Double(to, y - 4, to, y + 4));
        }
        if (mark.value() != null && Double.isFinite(mark.value())) {
            sign(mark.colour(), axis.at(mark.value()), y);
        }
    }

    /** A shape beside the colour: a disc, a hollow square, a stroke. */
    private void sign(int kind, double x, double y) {
        graphics.setColor(ChartStyle.colour(kind));
        graphics.setStroke(new BasicStroke(2.4f));
        if (kind == 0) {
            graphics.fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        } else if (kind == 1) {
            Rectangle2D square = new Rectangle2D.Double(x - RADIUS + 1, y - RADIUS + 1, 2 * RADIUS - 2, 2 * RADIUS - 2);
            graphics.setColor(Color.WHITE);
            graphics.fill(square);
            graphics.setColor(ChartStyle.colour(kind));
            graphics.draw(square);
        } else {
            graphics.draw(new Line2D.Double(x, y - RADIUS - 2, x, y + RADIUS + 2));
        }
    }

    private void text(String text, int style, int size, Color colour, int x, int baseline) {
        graphics.setFont(ChartStyle.font(style, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, baseline);
    }

    private void centred(String text, int x, int baseline) {
        graphics.setFont(ChartStyle.font(Font.PLAIN, 14));
        graphics.setColor(ChartStyle.INK);
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
    }

    /** From numbers to pixels. */
    private record Axis(double least, double most, boolean logarithmic) {

        static Axis of(Panel panel) {
            double[] numbers = panel.rows().stream()
                    .flatMap(row -> row.marks().stream())
                    .flatMapToDouble(Mark::extent)
                    .toArray();
            double most = DoubleStream.of(numbers).max().orElse(1);
            if (panel.logarithmic()) {
                return new Axis(0.9, Math.max(most, 2) * 1.15, true);
            }
            double least = Math.min(0, DoubleStream.of(numbers).min().orElse(0));
            double range = Math.max(0, most) - least;
            double margin = MARGIN * (range == 0 ? 1 : range);
            return new Axis(least - margin, Math.max(0, most) + margin, false);
        }

        double at(double number) {
            double share = logarithmic
                    ? Math.log(Math.max(number, least) / least) / Math.log(most / least)
                    : (number - least) / (most - least);
            return LEFT + share * (RIGHT - LEFT);
        }

        List<Double> ticks() {
            return logarithmic ? oneTwoFive() : even();
        }

        private List<Double> oneTwoFive() {
            double[] steps = most / least > 2_000 ? new double[] {1} : new double[] {1, 2, 5};
            List<Double> ticks = new ArrayList<>();
            for (double decade = 1; decade <= most; decade *= 10) {
                for (double step : steps) {
                    if (decade * step <= most) {
                        ticks.add(decade * step);
                    }
                }
            }
            return ticks;
        }

        private List<Double> even() {
            double step = step();
            List<Double> ticks = new ArrayList<>();
            for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }

        private double step() {
            double rough = (most - least) / TICKS;
            double decade = Math.pow(10, Math.floor(Math.log10(rough)));
            return DoubleStream.of(1, 2, 5, 10)
                    .map(factor -> factor * decade)
                    .filter(step -> step >= rough)
                    .findFirst()
                    .orElse(10 * decade);
        }

        /** As many digits as the step has. */
        String label(double tick) {
            if (logarithmic) {
                return "%.0f".formatted(tick);
            }
            double step = step();
            if (step < 1e-4) {
                return tick == 0 ? "0" : "%.1e".formatted(tick);
            }
            int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
            return ("%." + digits + "f").formatted(tick);
        }
    }
}
