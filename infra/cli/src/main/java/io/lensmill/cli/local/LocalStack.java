package io.lensmill.cli.local;

import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.storage.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Broker, object store and the three workers on this machine. Closing stops what was started, workers first and then
 * the servers that they talk to; it may be called from a shutdown hook while {@link #start} still runs.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(150);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final Map<Worker, ChildProcess> workers = new EnumMap<>(Worker.class);
    private final Path home;
    private final Path data;
    private final Ports ports;
    private String bootstrapServers;
    private StoreSettings store;
    private boolean closed;

    /**
     * @param home the checkout, which holds the workers' runners
     * @param data directory for everything that is written
     * @param ports where the parts listen
     */
    public LocalStack(Path home, Path data, Ports ports) {
        this.home = home;
        this.data = data.toAbsolutePath();
        this.ports = ports;
    }

    /**
     * Starts everything and returns when every worker is ready.
     *
     * @param say gets a line for each step
     * @throws StartFailure when a part does not come up; what had been started is still to be closed
     */
    public void start(Consumer<String> say) throws Exception {
        EmbeddedKafka kafka = opened(EmbeddedKafka.start(data.resolve("kafka"), ports.kafka()));
        bootstrapServers = kafka.bootstrapServers();
        say.accept("Apache Kafka at " + bootstrapServers);
        EmbeddedObjectStore objects = opened(EmbeddedObjectStore.start(data.resolve("objects"), ports.store()));
        store = objects.settings();
        say.accept("S3 object store at " + store.endpoint());
        for (Worker worker : Worker.values()) {
            startWorker(worker);
        }
        Readiness readiness = new Readiness();
        for (Worker worker : Worker.values()) {
            readiness.await(workers.get(worker), port(worker), READY_WITHIN);
            say.accept(worker.module() + " at http://127.0.0.1:" + port(worker));
        }
    }

    /** Starts the worker, also again after its end. */
    public synchronized ChildProcess startWorker(Worker worker) {
        requireOpen();
        ChildProcess child = new WorkerLauncher(home, data, bootstrapServers, store).start(worker, port(worker));
        workers.put(worker, child);
        return child;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public StoreSettings store() {
        return store;
    }

    public int port(Worker worker) {
        return ports.workers().get(worker);
    }

    public synchronized ChildProcess worker(Worker worker) {
        return workers.get(worker);
    }

    public synchronized Collection<ChildProcess> workers() {
        return List.copyOf(workers.values());
    }

    /** @throws StartFailure when a worker has ended; the message holds the tail of its log */
    public void requireAlive() {
        for (ChildProcess worker : workers()) {
            if (!worker.alive()) {
                throw new StartFailure(worker.obituary());
            }
        }
    }

    @Override
    public void close() {
        List<ChildProcess> toStop;
        synchronized (this) {
            closed = true;
            toStop = new ArrayList<>(workers.values());
        }
        toStop.forEach(ChildProcess::askToStop);
        toStop.forEach(worker -> worker.awaitStop(STOP_WITHIN));
        closeServers();
    }

    private synchronized void closeServers() {
        while (!servers.isEmpty()) {
            try {
                servers.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A server did not stop: " + e.getMessage(), e);
            }
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T server) throws Exception {
        if (closed) {
            server.close();
        }
        requireOpen();
        servers.push(server);
        return server;
    }

    private void requireOpen() {
        if (closed) {
            throw new StartFailure("Stopped while starting.");
        }
    }
}
