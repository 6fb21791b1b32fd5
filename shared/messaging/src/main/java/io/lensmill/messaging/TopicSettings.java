package io.lensmill.messaging;

import java.time.Duration;

/**
 * How missing topics are made, and what existing ones are held against.
 *
 * @param replicationFactor copies of a topic that is made; -1: the cluster's default
 * @param retentionHours how long a record stays on a topic that is not compacted, 1 or more; -1: for ever
 */
public record TopicSettings(short replicationFactor, long retentionHours) {

    /** Thirty days: what waits for a first model, or for somebody to come back from holiday, is still there. */
    public static final long DEFAULT_RETENTION_HOURS = 720;

    public static final long UNLIMITED = -1;

    private static final long MOST_RETENTION_HOURS =
            Duration.ofMillis(Long.MAX_VALUE).toHours();

    public TopicSettings {
        if (retentionHours != UNLIMITED && (retentionHours < 1 || retentionHours > MOST_RETENTION_HOURS)) {
            throw new IllegalArgumentException(
                    "lensmill.topics.retention-hours must be 1 or more, or -1 for ever; got " + retentionHours);
        }
    }

    /** As {@code retention.ms} has it. */
    long retentionMillis() {
        return retentionHours == UNLIMITED
                ? UNLIMITED
                : Duration.ofHours(retentionHours).toMillis();
    }
}
