package io.lensmill.metricsworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.messaging.TopicCheck;
import io.lensmill.messaging.TopicDeviation;
import io.lensmill.messaging.TopicSettings;
import io.lensmill.messaging.TopicSetup;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics as we make them, and topics that somebody else has made, on a broker of the test's own. */
class TopicCheckTest {

    private static final TopicSettings SETTINGS = new TopicSettings((short) 1, 48);

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        // As a stranger's first line makes it on a broker that makes topics by itself.
        NewTopic images = new NewTopic(Topics.IMAGES.name(), 1, (short) 1)
                .configs(Map.of("min.insync.replicas", "2", "max.message.bytes", "1048588"));
        NewTopic models = new NewTopic(Topics.MODELS.name(), 1, (short) 1);
        NewTopic labels = new NewTopic(Topics.LABELS.name(), 3, (short) 1)
                .configs(Map.of(
                        "cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime", "retention.ms", "-1"));
        NewTopic letters = new NewTopic(Topics.DEAD_LETTERS.name(), 1, (short) 1)
                .configs(Map.of(
                        "max.message.bytes", "20000000",
                        "message.timestamp.type", "LogAppendTime",
                        "retention.ms", "3600000",
                        "retention.bytes", "1000000"));
        admin.createTopics(List.of(images, models, labels, letters)).all().get();
        TopicSetup.createMissing(admin, Topics.ALL, SETTINGS);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void topicsThatWeMakeAreAsWeWantThem() throws Exception {
        // When
        List<TopicDeviation> deviations = check(admin, List.of(Topics.SAMPLES, Topics.CLASSIFICATIONS, Topics.JOBS));

        // Then
        assertThat(deviations).isEmpty();
        assertThat(configs(Topics.SAMPLES.name()))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("retention.ms", "172800000");
        assertThat(configs(Topics.CLASSIFICATIONS.name()))
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("retention.ms", "172800000");
        assertThat(configs(Topics.JOBS.name()))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("message.timestamp.type", "CreateTime");
    }

    @Test
    void eachDeviationIsToldWithTheCommandThatMendsItAndNothingIsChanged() throws Exception {
        // When
        List<TopicDeviation> deviations = check(admin, Topics.ALL);

        // Then
        assertThat(deviations)
                .extracting(deviation -> deviation.topic().replace("lensmill.", "") + " " + deviation.setting() + " "
                        + deviation.found() + " " + deviation.wanted())
                .containsExactlyInAnyOrder(
                        "images partitions 1 4",
                        "images max.message.bytes 1048588 10485760",
                        "images message.timestamp.type CreateTime LogAppendTime",
                        "images min.insync.replicas 2 1 or fewer (there are so many copies)",
                        "models cleanup.policy delete compact",
                        "labels cleanup.policy compact delete",
                        "labels partitions 3 4",
                        "dead-letters retention.ms 3600000 172800000",
                        "dead-letters retention.bytes 1000000 -1");
        assertThat(deviations)
                .extracting(TopicDeviation::command)
                .contains(
                        "kafka-topics.sh --bootstrap-server broker:9092 --alter --topic lensmill.images --partitions 4",
                        "kafka-configs.sh --bootstrap-server broker:9092 --alter --entity-type topics --entity-name"
                                + " lensmill.models --add-config cleanup.policy=compact",
                        "kafka-configs.sh --bootstrap-server broker:9092 --alter --entity-type topics --entity-name"
                                + " lensmill.dead-letters --add-config retention.ms=172800000");
        assertThat(deviations.toString()).contains("It is left as it is; this mends it: kafka-configs.sh");
        assertThat(configs(Topics.MODELS.name())).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void withoutTheRightToLookNothingIsKnownAndTheStartGoesOn() {
        // Given
        Admin stranger = (Admin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("describeConfigs")) {
                        return new Denied(denied((Collection<?>) arguments[0]));
                    }
                    return method.invoke(admin, arguments);
                });

        // When
        List<TopicDeviation> deviations = check(stranger, List.of(Topics.MODELS, Topics.DEAD_LETTERS));

        // Then
        assertThat(deviations).isEmpty();
    }

    private static List<TopicDeviation> check(Admin client, Collection<Topic> topics) {
        return TopicCheck.warn(client, topics, SETTINGS, "broker:9092");
    }

    private static Map<String, String> configs(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config =
                admin.describeConfigs(List.of(resource)).values().get(resource).get();
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    private static Map<ConfigResource, KafkaFuture<Config>> denied(Collection<?> resources) {
        Map<ConfigResource, KafkaFuture<Config>> answers = new HashMap<>();
        for (Object resource : resources) {
            KafkaFutureImpl<Config> answer = new KafkaFutureImpl<>();
            answer.completeExceptionally(new TopicAuthorizationException("not for you"));
            answers.put((ConfigResource) resource, answer);
        }
        return answers;
    }

    private static final class Denied extends DescribeConfigsResult {
        private Denied(Map<ConfigResource, KafkaFuture<Config>> answers) {
            super(answers);
        }
    }
}
