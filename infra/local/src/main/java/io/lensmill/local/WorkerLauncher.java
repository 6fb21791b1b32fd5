package io.lensmill.local;

import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts worker runners of this checkout as child processes. */
final class WorkerLauncher {

    private final Path home;
    private final Path data;
    private final String bootstrapServers;
    private final StoreSettings store;
    private final List<String> options;

    /** @param options further JVM options; those of the environment come after them and win */
    WorkerLauncher(Path home, Path data, String bootstrapServers, StoreSettings store, List<String> options) {
        this.home = home;
        this.data = data;
        this.bootstrapServers = bootstrapServers;
        this.store = store;
        this.options = options;
    }

    ChildProcess start(Worker worker, int port) {
        Path runner = worker.runner(home);
        if (!Files.isRegularFile(runner)) {
            throw new StartFailure("The " + worker.module() + " is not built: " + runner + " is missing. Build it with"
                    + " ./mvnw -DskipTests package, or start through infra/lensmill, which does.");
        }
        Path log = data.resolve("logs").resolve(worker.module() + ".log");
        try {
            Path directory = Files.createDirectories(data.resolve(worker.module()));
            Map<String, String> environment = environment(port, directory);
            return ChildProcess.start(worker.module(), command(worker, runner), environment, directory, log);
        } catch (IOException e) {
            throw new StartFailure("The " + worker.module() + " could not be started: " + e.getMessage(), e);
        }
    }

    private List<String> command(Worker worker, Path runner) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + worker.heap());
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (worker.neural()) {
            // Native arrays live outside the heap and would otherwise be limited to its size.
            command.add("-Dorg.bytedeco.javacpp.maxbytes=4g");
            command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=8g");
            // Batches of images live for a moment and are large: G1 collects them at a third more processor time.
            command.add("-XX:+UseParallelGC");
        }
        command.addAll(JavaFlags.forNativeCode(Runtime.version().feature()));
        command.addAll(options);
        String extra = System.getenv("LENSMILL_WORKER_JAVA_OPTIONS");
        if (extra != null && !extra.isBlank()) {
            command.addAll(List.of(extra.trim().split("\\s+")));
        }
        command.add("-jar");
        command.add(runner.toString());
        return command;
    }

    private Map<String, String> environment(int port, Path directory) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("LENSMILL_STORE_ENDPOINT", store.endpoint());
        environment.put("LENSMILL_STORE_ACCESS_KEY", store.accessKey());
        environment.put("LENSMILL_STORE_SECRET_KEY", store.secretKey());
        environment.put("LENSMILL_STORE_BUCKET", store.bucket());
        environment.put("LENSMILL_STORE_REGION", store.region());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_CONSOLE_COLOR", "false");
        // Kafka Streams locks its folder: every metrics worker of this machine needs its own.
        environment.put("LENSMILL_METRICS_STATE_DIR", directory.resolve("state").toString());
        // Idle OpenMP threads must sleep soon: spinning ones take the cores from the worker beside them. But waking one
        // costs as much as many of the engine's steps, so they wait for the next step some 50 microseconds.
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("GOMP_SPINCOUNT", "20000");
        environment.put("OMP_NUM_THREADS", openMpThreads());
        return environment;
    }

    private static String openMpThreads() {
        String chosen = System.getenv("OMP_NUM_THREADS");
        return chosen == null ? Integer.toString(Runtime.getRuntime().availableProcessors()) : chosen;
    }
}
