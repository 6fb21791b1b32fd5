package io.lensmill.cli.command;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Ids for jobs that were not given one. */
final class JobIds {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int RANDOM_RANGE = 0x10000;

    private JobIds() {}

    /** What and when (UTC), and four hex digits against a second job in the same second. */
    static String fresh(String kind) {
        return "%s-%s-%04x"
                .formatted(
                        kind,
                        LocalDateTime.now(Clock.system(ZoneOffset.UTC)).format(SECOND),
                        new SecureRandom().nextInt(RANDOM_RANGE));
    }
}
