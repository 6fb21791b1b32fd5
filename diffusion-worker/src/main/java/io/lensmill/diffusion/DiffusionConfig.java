package io.lensmill.diffusion;

import io.lensmill.worker.WorkerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The worker's own settings. README.md lists them with their environment variables. */
@ConfigMapping(prefix = "lensmill")
public interface DiffusionConfig extends WorkerConfig {

    Diffusion diffusion();

    /** Training and generation. */
    interface Diffusion {
        /** Threads that networks compute with; 0: as many as the engine chooses (OMP_NUM_THREADS). */
        @WithDefault("0")
        int threads();

        /** Generations that are at work at the same time and share network passes. */
        @WithDefault("4")
        int generationJobs();

        /** Most images of one network pass and one sample array. */
        @WithDefault("64")
        int batchImages();

        /** Most pixels of one network pass: 64 images of 64 x 64, 16 of 128 x 128. */
        @WithDefault("262144")
        int batchPixels();
    }
}
