package io.lensmill.imaging.picture;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.PngCodec;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.preprocessing.Resampling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Many images on one picture, for people to look at. */
public final class ContactSheet {

    private static final int GAP = 4;
    private static final int MARGIN = 12;
    private static final int TITLE = 30;
    private static final int TEXT_SCALE = 2;
    private static final int PAPER = 0x16181d;
    private static final int INK = 0xe6e6e6;

    private ContactSheet() {}

    /**
     * Images under one title; they go on in further lines when they are more than the sheet's columns.
     *
     * @param title printable ASCII; other characters appear as '?'
     * @param images of any sizes
     * @param colours of each image; empty for the look's
     */
    public record Row(String title, List<FloatImage> images, List<ColourMap> colours) {

        /** @throws IllegalArgumentException when some images have colours and others none */
        public Row {
            images = List.copyOf(images);
            colours = List.copyOf(colours);
            if (!colours.isEmpty() && colours.size() != images.size()) {
                throw new IllegalArgumentException(
                        "colours must be none or one for each image; got " + colours.size() + " for " + images.size());
            }
        }

        /** Images in the colours of the look. */
        public Row(String title, List<FloatImage> images) {
            this(title, images, List.of());
        }
    }

    /**
     * How a sheet looks.
     *
     * @param columns images in one line
     * @param cell side of an image on the sheet, in pixels
     * @param colours colour map
     * @param stretch which values become the map's ends
     */
    public record Look(int columns, int cell, ColourMap colours, Stretch stretch) {

        /** Eight columns of 128 pixels, inferno, each image by its own extremes. */
        public static final Look DEFAULT = new Look(8, 128, ColourMap.INFERNO, Stretch.EACH);

        /** @throws IllegalArgumentException when columns or cell are out of range */
        public Look {
            if (columns < 1 || columns > 64 || cell < 8 || cell > 2048) {
                throw new IllegalArgumentException(
                        "columns must be 1 to 64 and cell 8 to 2048; got " + columns + " and " + cell);
            }
        }
    }

    /** Which values are shown as the first and the last colour. */
    public enum Stretch {
        /** The smallest and the largest value of each image. */
        EACH,
        /** As {@link #EACH}, then asinh(10 x) / asinh(10): faint arcs beside bright ones. */
        EACH_ASINH,
        /** 0 and 1: images keep their brightness against each other. */
        UNIT
    }

    /** A PNG file of the rows in {@link Look#DEFAULT}. */
    public static byte[] png(List<Row> rows) {
        return png(rows, Look.DEFAULT);
    }

    /**
     * A PNG file of the rows, from top to bottom.
     *
     * @throws IllegalArgumentException when there is no row
     */
    public static byte[] png(List<Row> rows, Look look) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("A contact sheet needs at least one row");
        }
        int height =
                2 * MARGIN + rows.stream().mapToInt(row -> heightOf(row, look)).sum();
        BufferedImage sheet = new BufferedImage(widthOf(rows, look), height, BufferedImage.TYPE_INT_RGB);
        fill(sheet, PAPER);
        int top = MARGIN;
        for (Row row : rows) {
            draw(sheet, row, top, look);
            top += heightOf(row, look);
        }
        return PngCodec.write(sheet);
    }

    private static int widthOf(List<Row> rows, Look look) {
        int images = rows.stream().mapToInt(row -> row.images().size()).max().orElse(0);
        int columns = Math.max(1, Math.min(look.columns(), images));
        int titles = rows.stream()
                .mapToInt(row -> DotMatrixFont.width(row.title(), TEXT_SCALE))
                .max()
                .orElse(0);
        return 2 * MARGIN + Math.max(titles, columns * (look.cell() + GAP) - GAP);
    }

    private static int heightOf(Row row, Look look) {
        int lines = (row.images().size() + look.columns() - 1) / look.columns();
        return TITLE + lines * (look.cell() + GAP);
    }

    private static void draw(BufferedImage sheet, Row row, int top, Look look) {
        int baseline = top + (TITLE - DotMatrixFont.height(TEXT_SCALE)) / 2;
        DotMatrixFont.draw(sheet, row.title(), MARGIN, baseline, TEXT_SCALE, INK);
        for (int i = 0; i < row.images().size(); i++) {
            int left = MARGIN + i % look.columns() * (look.cell() + GAP);
            int line = top + TITLE + i / look.columns() * (look.cell() + GAP);
            ColourMap colours =
                    row.colours().isEmpty() ? look.colours() : row.colours().get(i);
            drawCell(sheet, row.images().get(i), left, line, look, colours);
        }
    }

    /** Small images are enlarged by a whole number, so that their pixels stay visible as they are. */
    private static void drawCell(
            BufferedImage sheet, FloatImage image, int left, int top, Look look, ColourMap colours) {
        int longer = Math.max(image.height(), image.width());
        FloatImage fitting = image;
        int factor = look.cell() / longer;
        if (factor == 0) {
            factor = 1;
            double shrink = (double) look.cell() / longer;
            int height = Math.max(1, (int) Math.round(image.height() * shrink));
            fitting = Resampling.resize(image, height, Math.max(1, (int) Math.round(image.width() * shrink)));
        }
        FloatImage shown = stretched(fitting, look.stretch());
        int indentX = (look.cell() - fitting.width() * factor) / 2;
        int indentY = (look.cell() - fitting.height() * factor) / 2;
        paint(sheet, shown, left + indentX, top + indentY, factor, colours);
    }

    private static FloatImage stretched(FloatImage image, Stretch stretch) {
        return switch (stretch) {
            case EACH -> image.minMax();
            case EACH_ASINH -> Preprocessing.asinhStretch(image.minMax());
            case UNIT -> image;
        };
    }

    private static void paint(
            BufferedImage picture, FloatImage image, int left, int top, int factor, ColourMap colours) {
        for (int y = 0; y < image.height() * factor; y++) {
            for (int x = 0; x < image.width() * factor; x++) {
                picture.setRGB(left + x, top + y, colours.rgb(image.at(y / factor, x / factor)));
            }
        }
    }

    private static void fill(BufferedImage picture, int rgb) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.dispose();
    }
}
