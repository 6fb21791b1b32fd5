package io.lensmill.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
final class Ports {

    private static final int LARGEST = 65_535;

    private Ports() {}

    /** A port that nobody listens on at this moment. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * @param port 0 for any, otherwise the port wanted
     * @throws IllegalArgumentException when this is no port
     */
    static int check(int port) {
        if (port < 0 || port > LARGEST) {
            throw new IllegalArgumentException("port must be 0 (any) to " + LARGEST + ", got " + port);
        }
        return port;
    }
}
