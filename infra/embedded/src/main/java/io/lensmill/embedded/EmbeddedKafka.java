package io.lensmill.embedded;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Apache Kafka broker in this process, in KRaft mode and alone in its cluster.
 *
 * <p>It listens on 127.0.0.1 only, takes messages of up to 11 MiB, creates no topic by itself and knows transactions.
 * Its directory survives: a later broker on the same directory is the same cluster with the same records. Two brokers
 * must not share a directory; the second one fails to start.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** Between looking for a free port and taking it another program may come first. */
    private static final int ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker on any free port.
     *
     * @param dataDir a new or empty directory, or that of an earlier broker
     * @throws IOException when the broker does not start
     */
    public static EmbeddedKafka start(Path dataDir) throws IOException {
        return start(dataDir, 0);
    }

    /**
     * Starts a broker and returns when clients can use it.
     *
     * @param dataDir a new or empty directory, or that of an earlier broker
     * @param port port for clients, 0 for any that is free
     * @throws IOException when the broker does not start, for example because the port is taken
     */
    public static EmbeddedKafka start(Path dataDir, int port) throws IOException {
        Ports.check(port);
        QuietLogging.apply();
        Path directory = dataDir.toAbsolutePath().normalize();
        KafkaStorage.formatWhenNew(directory);
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(directory, port == 0 ? Ports.free() : port);
            } catch (IOException e) {
                if (port != 0 || attempt == ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    /** Address for {@code bootstrap.servers}: {@code 127.0.0.1:<port>}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker and waits until its files are closed. Closing twice does nothing more. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static EmbeddedKafka startOnce(Path directory, int port) throws IOException {
        String address = KafkaSettings.address(port);
        KafkaRaftServer server = null;
        try {
            KafkaConfig config = new KafkaConfig(KafkaSettings.of(directory, port, Ports.free()), false);
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, address);
        } catch (Exception e) {
            // The broker is Scala code: it throws checked exceptions that no signature announces.
            stopQuietly(server, e);
            throw new IOException("Kafka did not start on " + address + " with its data in " + directory, e);
        }
    }

    private static void stopQuietly(KafkaRaftServer server, Exception reason) {
        try {
            if (server != null) {
                server.shutdown();
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
