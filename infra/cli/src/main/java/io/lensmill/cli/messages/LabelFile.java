package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.contracts.ClassNames;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Labels of images as a text file: one image a line, its id, a comma or a tabulator, its class.
 *
 * @param labels one per line that has one, in the file's order
 * @param headerLeftOut whether the first line was a heading of columns
 */
public record LabelFile(List<Line> labels, boolean headerLeftOut) {

    /** What the column of the class is called in first lines; none of it is a class. */
    private static final Set<String> HEADINGS =
            Set.of("class", "classes", "class_name", "classname", "label", "labels", "true_class", "truth", "type");

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /**
     * @param imageId the image; may hold commas, since the class is what follows the last one
     * @param label the written name of its true class
     */
    public record Line(String imageId, String label) {}

    /**
     * @param file UTF-8; empty lines, lines that begin with # and a heading of columns are left out; values may stand
     *     in quotation marks, and classes may be told by any of their names
     * @throws CommandFailure when the file cannot be read, a line is none or names no class, an image has two classes,
     *     or there is no label; names the line
     */
    public static LabelFile read(Path file) {
        Reading reading = new Reading(file);
        List<String> lines = lines(file);
        for (int number = 1; number <= lines.size(); number++) {
            String text = lines.get(number - 1).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                reading.take(number, text);
            }
        }
        if (reading.labels.isEmpty()) {
            throw new CommandFailure(file + " holds no label: a line is an image id, a comma and a class.");
        }
        return new LabelFile(reading.labels, reading.headerLeftOut);
    }

    private static List<String> lines(Path file) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
                lines.set(0, lines.get(0).substring(1));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new CommandFailure("The labels cannot be read: " + file + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure("The labels cannot be read: " + e, e);
        }
    }

    /** One reading of a file, line by line. */
    private static final class Reading {

        private final Path file;
        private final List<Line> labels = new ArrayList<>();
        private final Map<String, String> classOfImage = new HashMap<>();
        private boolean headerLeftOut;

        Reading(Path file) {
            this.file = file;
        }

        void take(int number, String text) {
            int separator = Math.max(text.lastIndexOf(','), text.lastIndexOf('\t'));
            if (separator < 0) {
                throw wrong(number, "an image id, a comma and a class are needed; got " + Printable.quoted(text) + ".");
            }
            String imageId = unquoted(text.substring(0, separator));
            String label = unquoted(text.substring(separator + 1));
            if (labels.isEmpty() && !headerLeftOut && isHeading(label)) {
                headerLeftOut = true;
            } else {
                add(number, line(number, imageId, label));
            }
        }

        private void add(int number, Line line) {
            String before = classOfImage.putIfAbsent(line.imageId(), line.label());
            if (before == null) {
                labels.add(line);
            } else if (!before.equals(line.label())) {
                throw wrong(
                        number,
                        "the image " + Printable.quoted(line.imageId()) + " has the class " + before
                                + " in a line before. Nothing was sent.");
            }
        }

        private Line line(int number, String imageId, String label) {
            if (label.isEmpty()) {
                throw wrong(number, "there is no class behind the comma.");
            }
            try {
                Names.requireImageId(imageId);
            } catch (RefusedException e) {
                throw new CommandFailure(file + ", line " + number + ": " + e.getMessage(), e);
            }
            return new Line(
                    imageId,
                    ClassNames.written(label)
                            .orElseThrow(() -> wrong(
                                    number,
                                    Printable.quoted(label) + " is no class. Classes and their aliases are "
                                            + ClassNames.listed() + ". Nothing was sent.")));
        }

        private CommandFailure wrong(int number, String what) {
            return new CommandFailure(file + ", line " + number + ": " + what);
        }
    }

    private static boolean isHeading(String label) {
        return HEADINGS.contains(label.toLowerCase(Locale.ROOT).replace(' ', '_'));
    }

    /** As spreadsheets write a value that might hold a comma. */
    private static String unquoted(String value) {
        String text = value.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }
}
