package io.lensmill.imaging.picture;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Letters of 5 x 8 dots for printable ASCII, from a text resource. Not AWT's fonts: those are missing on many headless
 * machines, and differ between the others.
 */
final class DotMatrixFont {

    private static final int COLUMNS = 5;
    private static final int ROWS = 8;

    /** The resource's lines: per glyph one line with its name, then its rows. */
    private static final List<String> LINES = lines();

    private DotMatrixFont() {}

    static int width(String text, int scale) {
        return text.length() * (COLUMNS + 1) * scale;
    }

    static int height(int scale) {
        return ROWS * scale;
    }

    /** Draws with the upper left corner at (left, top); what lies outside the picture is left out. */
    static void draw(BufferedImage picture, String text, int left, int top, int scale, int rgb) {
        for (int i = 0; i < text.length(); i++) {
            int glyphLeft = left + width(text.substring(0, i), scale);
            for (int dot = 0; dot < ROWS * COLUMNS * scale * scale; dot++) {
                int x = dot % (COLUMNS * scale);
                int y = dot / (COLUMNS * scale);
                boolean inside = glyphLeft + x < picture.getWidth() && top + y < picture.getHeight();
                if (inside && isSet(text.charAt(i), x / scale, y / scale)) {
                    picture.setRGB(glyphLeft + x, top + y, rgb);
                }
            }
        }
    }

    private static boolean isSet(char letter, int column, int row) {
        int glyph = letter >= ' ' && letter <= '~' ? letter - ' ' : '?' - ' ';
        return LINES.get(glyph * (ROWS + 1) + 1 + row).charAt(column) == '#';
    }

    private static List<String> lines() {
        try (InputStream resource = DotMatrixFont.class.getResourceAsStream("glyphs-5x8.txt");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The glyphs of the program itself cannot be read", e);
        }
    }
}
