package io.lensmill.cli.messages;

import java.util.HashMap;
import java.util.Map;

/**
 * A Kafka cluster and how to talk to it.
 *
 * @param bootstrapServers host:port list
 * @param settings further client settings, such as security.protocol and sasl.jaas.config; ours win over them
 */
public record KafkaServers(String bootstrapServers, Map<String, String> settings) {

    public KafkaServers {
        settings = Map.copyOf(settings);
    }

    /** A cluster that asks for nothing. */
    public static KafkaServers at(String bootstrapServers) {
        return new KafkaServers(bootstrapServers, Map.of());
    }

    /** Settings for a client: those of the cluster, its address, and the client's own. */
    Map<String, Object> clientSettings(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(own);
        return all;
    }

    /** The address alone: settings may hold passwords. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
