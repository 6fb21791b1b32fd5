package io.lensmill.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;

/**
 * Ports on the loopback address.
 *
 * @param kafka broker; 0: any that is free
 * @param store object store; 0: any that is free
 * @param workers HTTP port of each worker
 */
public record Ports(int kafka, int store, Map<Worker, Integer> workers) {

    private static final int USUAL_KAFKA = 9092;
    private static final int USUAL_STORE = 9000;

    public Ports {
        workers = Map.copyOf(workers);
    }

    /**
     * Kafka 9092, object store 9000, workers 8081 to 8083.
     *
     * @throws StartFailure when one of them is taken
     */
    public static Ports usual() {
        Map<Worker, Integer> workers = new EnumMap<>(Worker.class);
        for (Worker worker : Worker.values()) {
            workers.put(worker, requireFree(worker.usualPort()));
        }
        return new Ports(requireFree(USUAL_KAFKA), requireFree(USUAL_STORE), workers);
    }

    /** Ports that were free a moment ago. */
    public static Ports free() {
        Map<Worker, Integer> workers = new EnumMap<>(Worker.class);
        for (Worker worker : Worker.values()) {
            int port = bind(0);
            while (workers.containsValue(port)) {
                port = bind(0);
            }
            workers.put(worker, port);
        }
        return new Ports(0, 0, workers);
    }

    static int requireFree(int port) {
        try {
            return bind(port);
        } catch (StartFailure e) {
            throw new StartFailure(
                    "Port " + port + " of 127.0.0.1 is taken. Stop the program that holds it (another 'lensmill up'?),"
                            + " or start with --free-ports.",
                    e);
        }
    }

    private static int bind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port whose last connections are still closing down counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("No port could be opened on 127.0.0.1: " + e.getMessage(), e);
        }
    }
}
