package io.lensmill.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The last lines of a log file, for an error message. */
public final class LogTail {

    private static final int LINES = 15;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_COLUMNS = 200;

    private static final Pattern FRAME = Pattern.compile("^\\s+(at [^ ]+\\(|\\.\\.\\. \\d+ more)");

    private LogTail() {}

    /** Up to 15 lines, indented, long ones cut, stack frames left out: the reason stands above them. Never fails. */
    public static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - MAX_BYTES);
            byte[] end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !FRAME.matcher(line).find())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .map(LogTail::shortened)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "    (no log: " + e.getMessage() + ")";
        }
    }

    private static String shortened(String line) {
        return "    " + (line.length() <= MAX_COLUMNS ? line : line.substring(0, MAX_COLUMNS) + "…");
    }
}
