package io.lensmill.contracts;

/**
 * Text from outside, fit to be shown: what would move a terminal's cursor, change its colours, break a line of a log
 * or turn the direction of writing is replaced by its name in angle brackets, such as {@code <U+001B>}.
 */
public final class Printable {

    private static final int QUOTED = 80;

    private Printable() {}

    /** On one line: line breaks and tabs are made visible too. */
    public static String line(String text) {
        return visible(text, false);
    }

    /** On several lines, where the text has them: line feeds and tabs stay. */
    public static String lines(String text) {
        return visible(text, true);
    }

    /** As {@link #line}, between quotation marks and at most 80 characters; "nothing" for null. */
    public static String quoted(String text) {
        if (text == null) {
            return "nothing";
        }
        String line = line(text.length() <= QUOTED ? text : text.substring(0, QUOTED));
        return line.length() <= QUOTED && text.length() <= QUOTED
                ? "'" + line + "'"
                : "'" + line.substring(0, Math.min(line.length(), QUOTED)) + "…'";
    }

    /** As {@link #line}, cut to so many characters, with an ellipsis where something is missing. */
    public static String shortened(String text, int characters) {
        String line = line(text.length() <= characters ? text : text.substring(0, characters));
        return line.length() <= characters && text.length() <= characters
                ? line
                : line.substring(0, Math.min(line.length(), Math.max(0, characters - 1))) + "…";
    }

    /** A document of JSON that means the same, with escapes in its strings; the breaks between its lines stay. */
    public static String json(String document) {
        if (document.codePoints().noneMatch(point -> acts(point, true))) {
            return document;
        }
        StringBuilder shown = new StringBuilder(document.length() + 16);
        document.codePoints().forEach(point -> {
            if (acts(point, true) && point != '\r') {
                for (char unit : Character.toChars(point)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static String visible(String text, boolean severalLines) {
        if (text.codePoints().noneMatch(point -> acts(point, severalLines))) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (acts(point, severalLines)) {
                shown.append(String.format("<U+%04X>", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean acts(int point, boolean severalLines) {
        if (severalLines && (point == '\n' || point == '\t')) {
            return false;
        }
        return switch (Character.getType(point)) {
            // C0, DEL and C1; lone surrogates; marks of direction and other invisible ones; line and paragraph ends.
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
