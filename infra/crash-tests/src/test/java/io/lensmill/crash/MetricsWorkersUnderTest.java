package io.lensmill.crash;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.contracts.Topics;
import io.lensmill.local.ChildProcess;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Broker, store and any number of packaged metrics workers of one application, each with a folder of its own. */
final class MetricsWorkersUnderTest implements AutoCloseable {

    /** Rows held as they are; larger collections are folded. The batch side has to know. */
    static final int SAMPLE_ROWS = 150;

    static final int RELATIVE_ROWS = 100;
    static final int FREQUENCIES = 256;
    static final long SEED = 1;
    static final List<String> BANDWIDTHS = List.of("2", "8", "auto");

    /** The name that a counter of the worker has in Prometheus' format. */
    private static final String RECEIVED = "lensmill_classifications_received_total ";

    /** One worker; started again it keeps its number, port and folder. */
    record Instance(int number, int port, ChildProcess process) {}

    private final TemporaryFolder folder = TemporaryFolder.create("lensmill-crash");
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ChildProcess> started = new ArrayList<>();
    private final LocalStack servers;
    private final Broker broker;

    MetricsWorkersUnderTest() throws Exception {
        servers = new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.noneOf(Worker.class));
        servers.start(line -> {});
        broker = Broker.connect(KafkaServers.at(servers.bootstrapServers()), Topics.ALL);
    }

    Broker broker() {
        return broker;
    }

    /** Starts a worker; returns before it is ready. */
    Instance start(int number) throws IOException {
        return start(number, Ports.free().workers().get(Worker.METRICS));
    }

    /** Starts a worker, that was ended, again. */
    Instance startAgain(Instance ended) throws IOException {
        return start(ended.number(), ended.port());
    }

    private Instance start(int number, int port) throws IOException {
        Path directory = Files.createDirectories(folder.path().resolve("metrics-" + number));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dlensmill.metrics.report-interval=PT0.5S",
                "-Dlensmill.metrics.report-share=0.5",
                "-Dlensmill.metrics.bandwidths=" + String.join(",", BANDWIDTHS),
                "-Dlensmill.metrics.sample-rows=" + SAMPLE_ROWS,
                "-Dlensmill.metrics.relative-rows=" + RELATIVE_ROWS,
                "-Dlensmill.metrics.random-features=" + FREQUENCIES,
                "-Dlensmill.metrics.seed=" + SEED,
                // Both happen many times in a run: matrices are written anew, collections are put away and read again.
                "-Dlensmill.metrics.fold-rows=200",
                "-Dlensmill.metrics.collections-in-memory=4",
                // The broker takes a killed worker, and its open transaction, for alive for so long.
                "-Dkafka-streams.main.consumer.session.timeout.ms=6000",
                "-Dkafka-streams.main.consumer.heartbeat.interval.ms=1500",
                "-Dkafka-streams.producer.transaction.timeout.ms=10000",
                "-jar",
                Worker.METRICS.runner(Home.path()).toString());
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_CONSOLE_COLOR", "false",
                "LENSMILL_METRICS_STATE_DIR", directory.resolve("state").toString());
        ChildProcess process = ChildProcess.start(
                "metrics worker " + number, command, environment, directory, directory.resolve("worker.log"));
        started.add(process);
        return new Instance(number, port, process);
    }

    /** Records of the classifications topic that the instance has taken, also in transactions that were rolled back. */
    long received(Instance instance) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + "/q/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(RECEIVED))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(RECEIVED.length())))
                    .sum();
        } catch (IOException e) {
            // It does not listen yet.
            return 0;
        }
    }

    static void requireAlive(Instance... instances) {
        for (Instance instance : instances) {
            if (!instance.process().alive()) {
                throw new AssertionError(instance.process().obituary());
            }
        }
    }

    @Override
    public void close() {
        started.forEach(ChildProcess::askToStop);
        started.forEach(process -> process.awaitStop(Duration.ofSeconds(10)));
        broker.close();
        servers.close();
        folder.delete();
    }
}
