package io.lensmill.cli.report;

/** Running text broken into lines. */
final class Paragraph {

    private static final int COLUMNS = 80;

    private Paragraph() {}

    /** The text in lines of at most 80 columns, each indented by so many blanks; longer words stay whole. */
    static String indented(String text, int indent) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        for (String word : text.trim().split("\\s+", -1)) {
            if (line.length() > indent && line.length() + 1 + word.length() > COLUMNS) {
                lines.append(line).append('\n');
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(line.length() > indent ? " " : "").append(word);
        }
        return lines.append(line).toString();
    }
}
