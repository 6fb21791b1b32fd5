package io.lensmill.reading;

/**
 * Names that strangers chose, for messages: short, on one line, and what acts on a terminal replaced by its name, such
 * as {@code <U+001B>}.
 */
public final class VisibleText {

    private static final int MOST_CHARACTERS = 80;

    private VisibleText() {}

    /** At most 80 characters of a text, with an ellipsis where more are missing. */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().limit(MOST_CHARACTERS).forEach(point -> {
            if (acts(point)) {
                visible.append(String.format("<U+%04X>", point));
            } else {
                visible.appendCodePoint(point);
            }
        });
        return text.length() <= MOST_CHARACTERS
                ? visible.toString()
                : visible.append('…').toString();
    }

    /** As {@link #of}, between quotation marks. */
    public static String quoted(String text) {
        return "'" + of(text) + "'";
    }

    private static boolean acts(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
