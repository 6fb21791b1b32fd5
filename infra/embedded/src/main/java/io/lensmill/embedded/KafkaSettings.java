package io.lensmill.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of a broker that is its own controller, alone in its cluster and reachable from this machine only. */
final class KafkaSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String CLIENT_LISTENER = "PLAINTEXT";
    /** Lensmill's largest message is 10 MiB; the broker leaves room for batch headers. */
    private static final int MAX_MESSAGE_BYTES = 11 * 1024 * 1024;
    /** The cleaner takes 128 MiB of heap by default; this much remembers some 300,000 keys per pass. */
    private static final int CLEANER_MEMORY_BYTES = 8 * 1024 * 1024;

    private KafkaSettings() {}

    static Properties of(Path directory, int clientPort, int controllerPort) {
        Properties settings = new Properties();
        addRoles(settings, directory, clientPort, controllerPort);
        addMessageRules(settings);
        addSingleNodeTopics(settings);
        addLaptopSizes(settings);
        return settings;
    }

    static String address(int port) {
        return LOOPBACK + ":" + port;
    }

    private static void addRoles(Properties settings, Path directory, int clientPort, int controllerPort) {
        String client = CLIENT_LISTENER + "://" + address(clientPort);
        set(settings, "node.id", NODE_ID);
        set(settings, "process.roles", "broker,controller");
        set(settings, "listeners", client + "," + CONTROLLER_LISTENER + "://" + address(controllerPort));
        set(settings, "advertised.listeners", client);
        set(settings, "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        set(settings, "inter.broker.listener.name", CLIENT_LISTENER);
        set(settings, "controller.listener.names", CONTROLLER_LISTENER);
        set(settings, "controller.quorum.voters", NODE_ID + "@" + address(controllerPort));
        set(settings, "log.dirs", directory);
    }

    private static void addMessageRules(Properties settings) {
        // A topic with a typing error in its name must be an error, not a new topic.
        set(settings, "auto.create.topics.enable", false);
        set(settings, "message.max.bytes", MAX_MESSAGE_BYTES);
        set(settings, "replica.fetch.max.bytes", MAX_MESSAGE_BYTES);
    }

    /** The internal topics default to three replicas, and to 50 partitions which take seconds to make and to load. */
    private static void addSingleNodeTopics(Properties settings) {
        set(settings, "default.replication.factor", 1);
        set(settings, "min.insync.replicas", 1);
        set(settings, "offsets.topic.replication.factor", 1);
        set(settings, "offsets.topic.num.partitions", 4);
        // Twice as long as topics keep records: a group that was away knows which of them it never saw.
        set(settings, "offsets.retention.minutes", 60 * 24 * 60);
        set(settings, "transaction.state.log.replication.factor", 1);
        set(settings, "transaction.state.log.min.isr", 1);
        set(settings, "transaction.state.log.num.partitions", 4);
        set(settings, "share.coordinator.state.topic.replication.factor", 1);
        set(settings, "share.coordinator.state.topic.min.isr", 1);
        set(settings, "share.coordinator.state.topic.num.partitions", 1);
    }

    private static void addLaptopSizes(Properties settings) {
        // The delay collects members of a large group; here it would only slow every start.
        set(settings, "group.initial.rebalance.delay.ms", 0);
        // A new broker is let in with its first heartbeat.
        set(settings, "broker.heartbeat.interval.ms", 500);
        set(settings, "num.network.threads", 2);
        set(settings, "num.io.threads", 4);
        set(settings, "background.threads", 2);
        set(settings, "group.coordinator.threads", 1);
        set(settings, "share.coordinator.threads", 1);
        set(settings, "log.cleaner.threads", 1);
        set(settings, "log.cleaner.dedupe.buffer.size", CLEANER_MEMORY_BYTES);
    }

    private static void set(Properties settings, String name, Object value) {
        settings.setProperty(name, value.toString());
    }
}
