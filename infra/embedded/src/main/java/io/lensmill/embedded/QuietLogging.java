package io.lensmill.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets the servers speak only when something is wrong.
 *
 * <p>They log through SLF4J; which backend that is, the program decides. Ours (JBoss LogManager in the workers,
 * slf4j-jdk14 in the command line) both stand on {@code java.util.logging}, so its levels reach them all. A level that
 * somebody has set already is left as it is.
 */
final class QuietLogging {

    private static final List<String> SERVER_LOGGERS = List.of(
            "kafka",
            "org.apache.kafka.common.metrics",
            "org.apache.kafka.common.network",
            "org.apache.kafka.common.security",
            "org.apache.kafka.common.utils",
            "org.apache.kafka.controller",
            "org.apache.kafka.coordinator",
            "org.apache.kafka.image",
            "org.apache.kafka.metadata",
            "org.apache.kafka.network",
            "org.apache.kafka.queue",
            "org.apache.kafka.raft",
            "org.apache.kafka.server",
            "org.apache.kafka.snapshot",
            "org.apache.kafka.storage",
            "state.change.logger",
            "org.gaul",
            "software.amazon.awssdk");

    /** Held on to: java.util.logging forgets loggers, and their levels, that nobody refers to. */
    private static final List<Logger> LOGGERS =
            SERVER_LOGGERS.stream().map(Logger::getLogger).toList();

    private QuietLogging() {}

    static void apply() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.WARNING);
            }
        }
    }
}
