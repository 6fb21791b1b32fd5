package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.KafkaException;

/** A quick look whether anybody listens: Kafka's own clients try again for many seconds before they say so. */
final class Reachability {

    private static final int TIMEOUT_MILLIS = 3000;

    private Reachability() {}

    /** @throws CommandFailure when no server of the list accepts a connection, or the list is malformed */
    static void require(String bootstrapServers) {
        List<String> refusals = new ArrayList<>();
        for (InetSocketAddress address : addresses(bootstrapServers)) {
            try (Socket socket = new Socket()) {
                socket.connect(address, TIMEOUT_MILLIS);
                return;
            } catch (IOException e) {
                refusals.add(e.getMessage());
            }
        }
        throw new CommandFailure("Kafka at " + bootstrapServers + " does not answer: " + String.join("; ", refusals));
    }

    private static List<InetSocketAddress> addresses(String bootstrapServers) {
        try {
            return ClientUtils.parseAndValidateAddresses(
                    List.of(bootstrapServers.split(",")), ClientDnsLookup.USE_ALL_DNS_IPS);
        } catch (KafkaException e) {
            throw new CommandFailure("--bootstrap-servers: " + e.getMessage(), e);
        }
    }
}
