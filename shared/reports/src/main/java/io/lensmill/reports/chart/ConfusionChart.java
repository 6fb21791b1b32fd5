package io.lensmill.reports.chart;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.reports.Figures;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * The confusion matrix: counts and shares of the true class. Drawn by hand, since the chart library's heat maps write
 * one number a cell and no share beside it.
 */
public final class ConfusionChart {

    private static final int CELL = 170;
    private static final int NAME_LENGTH = 10;
    private static final int LEFT = 150;
    private static final int TOP = 90;
    private static final int RIGHT = 40;
    private static final int BOTTOM = 110;
    private static final Color FULL = new Color(0x08306B);

    private final List<String> classes;
    private final List<List<Long>> counts;
    private final Graphics2D graphics;
    private final BufferedImage image;

    private ConfusionChart(List<String> classes, List<List<Long>> counts) {
        this.classes = classes;
        this.counts = counts;
        int grid = classes.size() * CELL;
        this.image = new BufferedImage(LEFT + grid + RIGHT, TOP + grid + BOTTOM, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
    }

    /** Empty without labelled images, and with more classes than can be read. */
    public static Optional<BufferedImage> of(MetricReport report) {
        ClassificationMetrics metrics = report.getClassification();
        if (metrics == null
                || metrics.getConfusion().isEmpty()
                || metrics.getClasses().size() > ChartStyle.MOST_CLASSES) {
            return Optional.empty();
        }
        List<String> names =
                metrics.getClasses().stream().map(ConfusionChart::besideACell).toList();
        ConfusionChart chart = new ConfusionChart(names, metrics.getConfusion());
        chart.draw(
                "Accuracy %s, n = %d".formatted(Figures.withInterval(metrics.getAccuracy()), metrics.getLabelled()),
                ChartStyle.subject(report));
        return Optional.of(chart.image);
    }

    private static String besideACell(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1) + "…";
    }

    private void draw(String title, String subject) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        int grid = classes.size() * CELL;
        text(title, ChartStyle.font(Font.BOLD, 19), ChartStyle.INK, LEFT + grid / 2, TOP / 3);
        text(subject, ChartStyle.font(Font.PLAIN, 15), ChartStyle.INK, LEFT + grid / 2, 2 * TOP / 3);
        for (int row = 0; row < classes.size(); row++) {
            drawRow(row);
        }
        text("Predicted class", ChartStyle.font(Font.PLAIN, 17), ChartStyle.INK, LEFT + grid / 2, TOP + grid + 75);
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, 36, TOP + grid / 2.0);
        text("True class", ChartStyle.font(Font.PLAIN, 17), ChartStyle.INK, 36, TOP + grid / 2);
        graphics.setTransform(upright);
        graphics.setColor(ChartStyle.INK);
        graphics.drawRect(LEFT, TOP, grid, grid);
        graphics.dispose();
    }

    private void drawRow(int row) {
        int y = TOP + row * CELL;
        long total = counts.get(row).stream().mapToLong(Long::longValue).sum();
        text(classes.get(row), ChartStyle.font(Font.PLAIN, 17), ChartStyle.INK, LEFT - 46, y + CELL / 2);
        for (int column = 0; column < classes.size(); column++) {
            long count = counts.get(row).get(column);
            drawCell(LEFT + column * CELL, y, count, total == 0 ? 0 : (double) count / total);
        }
        int below = TOP + classes.size() * CELL + 26;
        text(classes.get(row), ChartStyle.font(Font.PLAIN, 17), ChartStyle.INK, LEFT + row * CELL + CELL / 2, below);
    }

    private void drawCell(int x, int y, long count, double share) {
        graphics.setColor(shade(share));
        graphics.fillRect(x, y, CELL, CELL);
        graphics.setColor(ChartStyle.GRID);
        graphics.drawRect(x, y, CELL, CELL);
        Color ink = share > 0.5 ? Color.WHITE : ChartStyle.INK;
        text(Long.toString(count), ChartStyle.font(Font.BOLD, 26), ink, x + CELL / 2, y + CELL / 2 - 12);
        text("%.1f %%".formatted(100 * share), ChartStyle.font(Font.PLAIN, 17), ink, x + CELL / 2, y + CELL / 2 + 20);
    }

    /** White at 0, dark blue at 1. */
    private static Color shade(double share) {
        return new Color(
                (int) Math.round(255 + share * (FULL.getRed() - 255)),
                (int) Math.round(255 + share * (FULL.getGreen() - 255)),
                (int) Math.round(255 + share * (FULL.getBlue() - 255)));
    }

    private void text(String text, Font font, Color colour, int centreX, int centreY) {
        graphics.setFont(font);
        graphics.setColor(colour);
        var metrics = graphics.getFontMetrics();
        int x = centreX - metrics.stringWidth(text) / 2;
        graphics.drawString(text, x, centreY + (metrics.getAscent() - metrics.getDescent()) / 2);
    }
}
