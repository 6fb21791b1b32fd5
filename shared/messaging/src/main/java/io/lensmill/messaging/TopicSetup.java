package io.lensmill.messaging;

import io.lensmill.contracts.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/** Creates the topics that are missing. Topics that exist are left as they are; {@link TopicCheck} looks at them. */
public final class TopicSetup {

    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final long TIMEOUT_SECONDS = 30;
    private static final long PAUSE_MILLIS = 50;

    private TopicSetup() {}

    /**
     * @param admin client of the cluster
     * @param topics topics to ensure
     * @param replicationFactor copies of a newly made topic; -1: the broker's default
     * @throws IllegalStateException when the cluster does not answer or refuses
     */
    public static void createMissing(Admin admin, Collection<Topic> topics, short replicationFactor) {
        createMissing(admin, topics, new TopicSettings(replicationFactor, TopicSettings.DEFAULT_RETENTION_HOURS));
    }

    /**
     * @param admin client of the cluster
     * @param topics topics to ensure
     * @throws IllegalStateException when the cluster does not answer or refuses
     */
    public static void createMissing(Admin admin, Collection<Topic> topics, TopicSettings settings) {
        try {
            Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<Topic> missing =
                    topics.stream().filter(t -> !existing.contains(t.name())).toList();
            for (Topic topic : missing) {
                create(admin, topic, settings);
            }
            awaitLeaders(admin, missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The Kafka cluster did not let topics be listed or created", e);
        }
    }

    /**
     * How many partitions an existing topic has.
     *
     * @throws IllegalStateException when the cluster does not answer or has no such topic
     */
    public static int partitions(Admin admin, Topic topic) {
        try {
            return admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .get(topic.name())
                    .partitions()
                    .size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for the partitions of " + topic.name(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The Kafka cluster did not tell the partitions of " + topic.name(), e);
        }
    }

    /**
     * A broker announces a new partition a moment before it leads it. A producer that sends several batches in that
     * moment can have the first refused and the second taken; then the first is out of order for ever, and lost when
     * its delivery times out. Asking the leaders for offsets ends only when they lead.
     */
    private static void awaitLeaders(Admin admin, List<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        List<String> names = topics.stream().map(Topic::name).toList();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!known(admin, names, ends)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("New topics are not known to the brokers after " + TIMEOUT_SECONDS + " s");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** False while a broker has not yet heard of a topic that was made a moment ago. */
    private static boolean known(Admin admin, List<String> names, Map<TopicPartition, OffsetSpec> ends)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            admin.listOffsets(ends).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static void create(Admin admin, Topic topic, TopicSettings settings)
            throws InterruptedException, ExecutionException, TimeoutException {
        NewTopic request = new NewTopic(topic.name(), topic.partitions(), settings.replicationFactor())
                .configs(configs(topic, settings));
        try {
            admin.createTopics(List.of(request)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            LOG.infof("Created topic %s with %d partitions", topic.name(), topic.partitions());
        } catch (ExecutionException e) {
            // Another worker starts at the same moment: either of the two may make it.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static Map<String, String> configs(Topic topic, TopicSettings settings) {
        Map<String, String> configs = new HashMap<>();
        configs.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes()));
        if (topic.brokerTime()) {
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        }
        if (!topic.compacted()) {
            configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(settings.retentionMillis()));
        }
        return configs;
    }
}
