package io.lensmill.messaging;

import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/**
 * Looks whether existing topics are as {@link TopicSetup} would make them. They belong to whoever operates the cluster:
 * each deviation is told, with the command that mends it, and nothing is changed.
 */
public final class TopicCheck {

    private static final Logger LOG = Logger.getLogger(TopicCheck.class);
    private static final long TIMEOUT_SECONDS = 30;
    private static final String MIN_IN_SYNC = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

    private final TopicSettings settings;
    private final String bootstrapServers;
    private final List<TopicDeviation> deviations = new ArrayList<>();

    private TopicCheck(TopicSettings settings, String bootstrapServers) {
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Warns of each deviation in one line of the log. Without the right to look there is one warning that says so.
     *
     * @param topics topics to look at; those that do not exist are passed over
     * @param settings what topics are made with
     * @param bootstrapServers for the commands
     * @return the deviations; those that could not be seen are not among them
     */
    public static List<TopicDeviation> warn(
            Admin admin, Collection<Topic> topics, TopicSettings settings, String bootstrapServers) {
        TopicCheck check = new TopicCheck(settings, bootstrapServers);
        check.look(admin, topics);
        check.deviations.forEach(LOG::warn);
        return List.copyOf(check.deviations);
    }

    private void look(Admin admin, Collection<Topic> topics) {
        List<String> unseen = new ArrayList<>();
        String reason = "";
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(
                        topics.stream().map(TopicCheck::resource).toList())
                .values();
        for (Topic topic : topics) {
            try {
                TopicDescription description = get(descriptions.get(topic.name()));
                checkPartitions(topic, description);
                checkConfig(topic, description, get(configs.get(resource(topic))));
            } catch (ExecutionException | TimeoutException e) {
                unseen.add(topic.name());
                reason = e instanceof ExecutionException
                        ? String.valueOf(e.getCause().getMessage())
                        : "no answer";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        checkLabels(topics, descriptions);
        if (!unseen.isEmpty()) {
            LOG.warnf(
                    "The settings of %s could not be looked at (%s); whether they fit is not known. The rights Describe"
                            + " and DescribeConfigs on the topics would do",
                    String.join(", ", unseen), reason);
        }
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** More partitions than ours share the work among more workers; that is nobody's fault. */
    private void checkPartitions(Topic topic, TopicDescription description) {
        int found = description.partitions().size();
        boolean sharesWork = topic.brokerTime() && !topic.equals(Topics.LABELS);
        if (sharesWork && found < topic.partitions()) {
            deviations.add(partitions(
                    topic.name(), found, topic.partitions(), "so many workers at most share what comes on it"));
        }
    }

    private void checkLabels(Collection<Topic> topics, Map<String, KafkaFuture<TopicDescription>> descriptions) {
        if (!topics.containsAll(List.of(Topics.CLASSIFICATIONS, Topics.LABELS))) {
            return;
        }
        try {
            int classifications = get(descriptions.get(Topics.CLASSIFICATIONS.name()))
                    .partitions()
                    .size();
            int labels =
                    get(descriptions.get(Topics.LABELS.name())).partitions().size();
            if (classifications != labels) {
                Topic smaller = classifications < labels ? Topics.CLASSIFICATIONS : Topics.LABELS;
                deviations.add(partitions(
                        smaller.name(),
                        Math.min(classifications, labels),
                        Math.max(classifications, labels),
                        Topics.CLASSIFICATIONS.name() + " and " + Topics.LABELS.name()
                                + " must have equally many, so that a label meets its image"));
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The partitions of classifications and labels are not known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkConfig(Topic topic, TopicDescription description, Config config) {
        String policy = topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
        String foundPolicy = text(config, TopicConfig.CLEANUP_POLICY_CONFIG, policy);
        if (!foundPolicy.equals(policy)) {
            add(
                    topic,
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    foundPolicy,
                    policy,
                    topic.compacted()
                            ? "the newest record of a key is deleted with time"
                            : "records whose key comes again are deleted, read or not");
        }
        long most = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, topic.maxMessageBytes());
        if (most < topic.maxMessageBytes()) {
            add(
                    topic,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Long.toString(most),
                    Integer.toString(topic.maxMessageBytes()),
                    "the broker refuses larger records");
        }
        checkTimes(topic, config);
        long inSync = number(config, MIN_IN_SYNC, 1);
        int copies = description.partitions().get(0).replicas().size();
        if (inSync > copies) {
            add(
                    topic,
                    MIN_IN_SYNC,
                    Long.toString(inSync),
                    copies + " or fewer (there are so many copies)",
                    "the broker takes no record",
                    MIN_IN_SYNC + "=" + copies);
        }
    }

    private void checkTimes(Topic topic, Config config) {
        if (topic.compacted()) {
            return;
        }
        String times = text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        if (topic.brokerTime() && !times.equals(TimestampType.LOG_APPEND_TIME.name)) {
            add(
                    topic,
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    times,
                    TimestampType.LOG_APPEND_TIME.name,
                    "records that their senders give an old time are deleted before they are read");
        }
        long kept = number(config, TopicConfig.RETENTION_MS_CONFIG, TopicSettings.UNLIMITED);
        if (kept != TopicSettings.UNLIMITED
                && (settings.retentionMillis() == TopicSettings.UNLIMITED || kept < settings.retentionMillis())) {
            add(
                    topic,
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(kept),
                    Long.toString(settings.retentionMillis()),
                    "records are deleted sooner than lensmill.topics.retention-hours says, read or not");
        }
        long bytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG, TopicSettings.UNLIMITED);
        if (bytes != TopicSettings.UNLIMITED) {
            add(
                    topic,
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    Long.toString(bytes),
                    Long.toString(TopicSettings.UNLIMITED),
                    "a partition that is larger loses its oldest records, read or not");
        }
    }

    private void add(Topic topic, String setting, String found, String wanted, String consequence) {
        add(topic, setting, found, wanted, consequence, setting + "=" + wanted);
    }

    private void add(Topic topic, String setting, String found, String wanted, String consequence, String assignment) {
        deviations.add(new TopicDeviation(
                topic.name(),
                setting,
                found,
                wanted,
                consequence,
                "kafka-configs.sh --bootstrap-server " + bootstrapServers + " --alter --entity-type topics"
                        + " --entity-name " + topic.name() + " --add-config " + assignment));
    }

    private TopicDeviation partitions(String topic, int found, int wanted, String consequence) {
        return new TopicDeviation(
                topic,
                "partitions",
                Integer.toString(found),
                Integer.toString(wanted),
                consequence,
                "kafka-topics.sh --bootstrap-server " + bootstrapServers + " --alter --topic " + topic
                        + " --partitions " + wanted);
    }

    /** A setting that a broker does not tell is taken to be as it should. */
    private static String text(Config config, String name, String wanted) {
        return config.get(name) == null || config.get(name).value() == null
                ? wanted
                : config.get(name).value();
    }

    private static long number(Config config, String name, long wanted) {
        return Long.parseLong(text(config, name, Long.toString(wanted)));
    }
}
