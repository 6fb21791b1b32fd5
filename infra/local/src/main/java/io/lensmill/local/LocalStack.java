package io.lensmill.local;

import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Broker, object store and workers on this machine. Closing stops what was started, workers first and then
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
    private final Set<Worker> chosen;
    private final List<String> options;
    private String bootstrapServers;
    private StoreFront front = direct -> direct;
    private StoreSettings store;
    private StoreSettings workersStore;
    private boolean closed;

    /** What stands between the workers and their store, as a store that misbehaves does. */
    @FunctionalInterface
    public interface StoreFront {

        /** @return where the workers find the store */
        StoreSettings before(StoreSettings store) throws IOException;
    }

    /** All three workers. */
    public LocalStack(Path home, Path data, Ports ports) {
        this(home, data, ports, EnumSet.allOf(Worker.class));
    }

    /**
     * @param home the checkout, which holds the workers' runners
     * @param data directory for everything that is written
     * @param ports where the parts listen
     * @param chosen the workers to start
     */
    public LocalStack(Path home, Path data, Ports ports, Set<Worker> chosen) {
        this(home, data, ports, chosen, List.of());
    }

    /**
     * @param home the checkout, which holds the workers' runners
     * @param data directory for everything that is written
     * @param ports where the parts listen
     * @param chosen the workers to start
     * @param options further JVM options of the workers
     */
    public LocalStack(Path home, Path data, Ports ports, Set<Worker> chosen, List<String> options) {
        this.home = home;
        this.data = data.toAbsolutePath();
        this.ports = ports;
        this.chosen = chosen;
        this.options = List.copyOf(options);
    }

    /** Has the workers find their store there; to be said before {@link #start}. */
    public void putBeforeTheStore(StoreFront storeFront) {
        front = storeFront;
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
        workersStore = front.before(store);
        say.accept("S3 object store at " + store.endpoint());
        for (Worker worker : chosen) {
            startWorker(worker);
        }
        for (Worker worker : chosen) {
            awaitReady(worker);
            say.accept(worker.module() + " at http://127.0.0.1:" + port(worker));
        }
    }

    /** @throws StartFailure when the worker ends, or is not ready in time */
    public void awaitReady(Worker worker) throws InterruptedException {
        new Readiness().await(worker(worker), port(worker), READY_WITHIN);
    }

    /** Starts the worker, also again after its end. */
    public synchronized ChildProcess startWorker(Worker worker) {
        requireOpen();
        ChildProcess child =
                new WorkerLauncher(home, data, bootstrapServers, workersStore, options).start(worker, port(worker));
        workers.put(worker, child);
        return child;
    }

    /** Where a worker keeps what it writes. */
    public Path folder(Worker worker) {
        return data.resolve(worker.module());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The store itself, whatever stands before it. */
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
