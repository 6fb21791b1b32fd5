package io.lensmill.worker;

import io.lensmill.contracts.Topic;
import io.lensmill.messaging.TopicSetup;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The topics of the broker that the worker is connected to. */
public final class BrokerTopics {

    private final Map<String, Object> broker;
    private final short replicationFactor;

    /**
     * @param broker bootstrap.servers and, where needed, security settings
     * @param replicationFactor copies of a topic that is made; -1: the broker's default
     */
    public BrokerTopics(Map<String, Object> broker, short replicationFactor) {
        this.broker = broker;
        this.replicationFactor = replicationFactor;
    }

    /** @throws IllegalStateException when the broker does not answer or refuses */
    public void createMissing(Collection<Topic> topics) {
        try (Admin admin = Admin.create(broker)) {
            TopicSetup.createMissing(admin, topics, replicationFactor);
        }
    }

    /**
     * How many partitions an existing topic has.
     *
     * @throws IllegalStateException when the broker does not answer or has no such topic
     */
    public int partitions(Topic topic) {
        try (Admin admin = Admin.create(broker)) {
            return TopicSetup.partitions(admin, topic);
        }
    }
}
