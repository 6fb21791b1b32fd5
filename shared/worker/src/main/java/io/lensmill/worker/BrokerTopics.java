package io.lensmill.worker;

import io.lensmill.contracts.Topic;
import io.lensmill.messaging.TopicCheck;
import io.lensmill.messaging.TopicDeviation;
import io.lensmill.messaging.TopicSettings;
import io.lensmill.messaging.TopicSetup;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The topics of the broker that the worker is connected to. Safe for use by several threads. */
public final class BrokerTopics {

    private final Map<String, Object> broker;
    private final TopicSettings settings;
    private final Set<TopicDeviation> deviations = new LinkedHashSet<>();

    /**
     * @param broker bootstrap.servers and, where needed, security settings
     * @param settings how missing topics are made
     */
    public BrokerTopics(Map<String, Object> broker, TopicSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    /**
     * Makes what is missing, and warns of what is there and is not as it should be.
     *
     * @throws IllegalStateException when the broker does not answer or refuses
     */
    public void createMissing(Collection<Topic> topics) {
        try (Admin admin = Admin.create(broker)) {
            TopicSetup.createMissing(admin, topics, settings);
            String servers = String.valueOf(broker.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
            List<TopicDeviation> found = TopicCheck.warn(admin, topics, settings, servers);
            synchronized (deviations) {
                deviations.addAll(found);
            }
        }
    }

    /** What of the existing topics was not as it should be when the worker started. */
    public List<TopicDeviation> deviations() {
        synchronized (deviations) {
            return List.copyOf(deviations);
        }
    }

    /** How many topics these are. */
    public long deviating() {
        return deviations().stream().map(TopicDeviation::topic).distinct().count();
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
