package io.lensmill.worker;

import io.smallrye.config.WithDefault;

/** The settings below {@code lensmill} that every worker has; each worker's own mapping extends it. */
public interface WorkerConfig {

    StoreConfig store();

    Topics topics();

    /** How missing topics are made. */
    interface Topics {
        /** Copies of each topic; -1: the broker's default. */
        @WithDefault("-1")
        short replicationFactor();

        /** Hours that a record stays on a topic that is not compacted, 1 or more; -1: for ever. */
        @WithDefault("720")
        long retentionHours();
    }
}
