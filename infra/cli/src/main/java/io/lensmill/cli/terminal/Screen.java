package io.lensmill.cli.terminal;

import io.lensmill.contracts.Printable;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Where a command writes. Whatever stands in a line, from messages, file names or the store: what acts on a terminal is
 * shown by name.
 *
 * @param out results, standard output
 * @param err progress and errors, standard error
 * @param terminal whether standard error is a terminal that can redraw a line
 * @param columns width of the terminal
 */
public record Screen(PrintWriter out, PrintWriter err, boolean terminal, int columns) {

    private static final int DEFAULT_COLUMNS = 80;

    /** The launcher says by {@code lensmill.terminal} whether there is a terminal: Java 17 itself can only guess. */
    public static Screen of(CommandLine commandLine) {
        return new Screen(
                commandLine.getOut(),
                commandLine.getErr(),
                Boolean.getBoolean("lensmill.terminal"),
                Integer.getInteger("lensmill.columns", DEFAULT_COLUMNS));
    }

    public void say(String line) {
        out.println(Printable.lines(line));
        out.flush();
    }

    public void warn(String line) {
        err.println(Printable.lines(line));
        err.flush();
    }

    /**
     * A bar on a terminal, plain lines otherwise.
     *
     * @param total size of the work, 0 while unknown
     */
    public Progress progress(String title, String unit, long total) {
        return terminal
                ? new BarProgress(title, unit, total, Math.max(40, columns))
                : new LineProgress(err, title, unit, total, System::nanoTime);
    }
}
