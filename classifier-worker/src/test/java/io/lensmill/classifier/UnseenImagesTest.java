package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.Topics;
import io.lensmill.embedded.AwayGroup;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.worker.reading.UnseenLedger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What was deleted before the worker read it stands beside what it received. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestProfile(AwayWorker.class)
class UnseenImagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IMAGES = Topics.IMAGES.name();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @ConfigProperty(name = "mp.messaging.incoming.images.group.id")
    String group;

    @TestHTTPResource("/q/")
    URI management;

    @Test
    void sentIsReceivedAndNeverSeenToTheLastRecord() throws Exception {
        // Given
        int sent = AwayGroup.RECORDS_PER_PARTITION * Topics.IMAGES.partitions();

        // When: the worker has come back, to a log that begins behind its place
        await().atMost(PATIENCE)
                .until(() -> metric("images_refused_total{source=\"images\"}") == sent - AwayGroup.DELETED);

        // Then
        assertThat(metric("images_received_total{source=\"images\"}")).isEqualTo(sent - AwayGroup.DELETED);
        assertThat(metric("records_unseen_total{topic=\"" + IMAGES + "\"}")).isEqualTo(AwayGroup.DELETED);
        assertThat(get("health/ready"))
                .contains("\"unseen\": 3", "\"unseen of " + IMAGES + "\": 3")
                .contains("\"status\": \"UP\"");

        // When: while it is there, records are deleted that it could not have yet
        deleteWhileATransactionHoldsThem(3);

        // Then: what came behind them is answered
        int unseen = AwayGroup.DELETED + 3;
        await().atMost(PATIENCE)
                .until(() -> metric("images_refused_total{source=\"images\"}") == sent - AwayGroup.DELETED + 1);
        assertThat(metric("records_unseen_total{topic=\"" + IMAGES + "\"}")).isEqualTo(unseen);

        // Then: it outlives the worker
        try (UnseenLedger other = new UnseenLedger(Map.of("bootstrap.servers", servers), gap -> {})) {
            other.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.all())
                    .filteredOn(total -> total.group().equals(group))
                    .singleElement()
                    .satisfies(total -> {
                        assertThat(total.records()).isEqualTo(unseen);
                        assertThat(total.upperBound()).isFalse();
                    }));
        }
    }

    /** So many records of partition 2, of which the first keeps the consumer from the others, and one more behind. */
    private void deleteWhileATransactionHoldsThem(int records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "transactional.id", "holding-" + group);
        try (Producer<String, byte[]> holding =
                        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                Producer<String, byte[]> others = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            holding.initTransactions();
            holding.beginTransaction();
            long first = holding.send(new ProducerRecord<>(IMAGES, 2, "held-0", new byte[] {1}))
                    .get()
                    .offset();
            for (int i = 1; i <= records; i++) {
                others.send(new ProducerRecord<>(IMAGES, 2, "held-" + i, new byte[] {1}))
                        .get();
            }
            admin.deleteRecords(Map.of(new TopicPartition(IMAGES, 2), RecordsToDelete.beforeOffset(first + records)))
                    .all()
                    .get();
            holding.abortTransaction();
        }
    }

    private double metric(String name) {
        return get("metrics")
                .lines()
                .filter(line -> line.startsWith("lensmill_" + name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(management.resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
