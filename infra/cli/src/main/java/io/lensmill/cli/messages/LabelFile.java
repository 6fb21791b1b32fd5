package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Labels of images as a text file: one image a line, its id, a comma or a tabulator, its class. */
public final class LabelFile {

    private static final String HEADING = "imageId";

    private LabelFile() {}

    /**
     * @param imageId the image; may hold commas, since the class is what follows the last one
     * @param label its true class
     */
    public record Line(String imageId, String label) {}

    /**
     * @param file UTF-8; empty lines, lines that begin with # and a first line "imageId,label" are left out
     * @throws CommandFailure when the file cannot be read or a line is none; names the line
     */
    public static List<Line> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure("The labels cannot be read: " + e, e);
        }
        List<Line> labels = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String text = lines.get(number - 1).strip();
            boolean heading = number == 1 && text.startsWith(HEADING);
            if (!text.isEmpty() && !text.startsWith("#") && !heading) {
                labels.add(line(file, number, text));
            }
        }
        return labels;
    }

    private static Line line(Path file, int number, String text) {
        int separator = Math.max(text.lastIndexOf(','), text.lastIndexOf('\t'));
        try {
            if (separator < 0) {
                throw new CommandFailure(file + ", line " + number
                        + ": an image id, a comma and a class are needed; got '" + text + "'.");
            }
            String label = text.substring(separator + 1).strip();
            if (label.isEmpty()) {
                throw new CommandFailure(file + ", line " + number + ": there is no class behind the comma.");
            }
            return new Line(Names.requireImageId(text.substring(0, separator).strip()), label);
        } catch (RefusedException e) {
            throw new CommandFailure(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }
}
