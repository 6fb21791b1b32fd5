package io.lensmill.classifier;

import io.lensmill.worker.WorkerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The worker's own settings. README.md lists them with their environment variables. */
@ConfigMapping(prefix = "lensmill")
public interface ClassifierConfig extends WorkerConfig {

    Classifier classifier();

    /** Scoring and training. */
    interface Classifier {
        /** Threads that a network computes with; 0: as many as the engine chooses (OMP_NUM_THREADS). */
        @WithDefault("0")
        int threads();

        /** Networks that score side by side, each on its part of the threads; 0: one per thread, but at most four. */
        @WithDefault("0")
        int lanes();

        /** Most images of one call of the network when scoring. */
        @WithDefault("32")
        int batchSize();

        /** Most models in memory at once. */
        @WithDefault("2")
        int modelsInMemory();

        /** Largest height or width of an image, in pixels. */
        @WithDefault("4096")
        int maxImageSide();

        /** Largest image file, also when it stands in the object store, in bytes. */
        @WithDefault("33554432")
        long maxImageBytes();
    }
}
