package io.lensmill.local;

import java.nio.file.Path;

/** The three workers as programs on this machine. */
public enum Worker {
    CLASSIFIER("classifier-worker", 8081, "1500m", true),
    DIFFUSION("diffusion-worker", 8082, "1500m", true),
    METRICS("metrics-worker", 8083, "1g", false);

    private final String module;
    private final int usualPort;
    private final String heap;
    private final boolean neural;

    Worker(String module, int usualPort, String heap, boolean neural) {
        this.module = module;
        this.usualPort = usualPort;
        this.heap = heap;
        this.neural = neural;
    }

    /** Name of its folder, its log file and its line on the screen. */
    public String module() {
        return module;
    }

    /** HTTP port for health and metrics unless another is chosen. */
    public int usualPort() {
        return usualPort;
    }

    /** Largest Java heap, as -Xmx takes it. Datasets are held there as float32: 6,000 images of 64 px are 100 MB. */
    String heap() {
        return heap;
    }

    /** Whether it runs networks in native code. */
    boolean neural() {
        return neural;
    }

    /** Its runner, as the build leaves it. */
    public Path runner(Path home) {
        return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
