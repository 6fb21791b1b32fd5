package io.lensmill.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where the log of the libraries goes: nowhere, to a file, or with LENSMILL_DEBUG=1 to the terminal. */
public final class ConsoleLogging {

    /** Held here, since java.util.logging keeps only weak references to loggers. */
    private static final Logger ROOT = Logger.getLogger("");

    static {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$-7s %3$s  %5$s%6$s%n");
    }

    private ConsoleLogging() {}

    /** Nothing on the terminal: errors reach people as sentences of the commands. */
    public static void quiet() {
        LogManager.getLogManager().reset();
        if (debug()) {
            add(new ConsoleHandler(), Level.WARNING);
        }
    }

    /** From now on everything from INFO upwards is appended to the file. */
    public static void toFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // The pattern language of FileHandler takes % as its own.
        add(new FileHandler(file.toString().replace("%", "%%"), true), Level.INFO);
    }

    public static boolean debug() {
        return "1".equals(System.getenv("LENSMILL_DEBUG"));
    }

    private static void add(Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new SimpleFormatter());
        ROOT.setLevel(Level.INFO);
        ROOT.addHandler(handler);
    }
}
