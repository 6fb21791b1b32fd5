package io.lensmill.metricsworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Topics;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The worker as Quarkus runs it, on a real broker. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestProfile(OwnState.class)
class MetricsWorkerTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    MetricsConfig config;

    @TestHTTPResource("/q/")
    URI management;

    @Test
    void classificationsBecomeReports() throws Exception {
        // Given
        String model = "worker-" + UUID.randomUUID();
        List<Classification> messages = new ArrayList<>(Classifications.real(model, "real", 300));
        messages.addAll(Classifications.generated(model, "made", "real", 100));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> get("health/ready"), body -> body.contains("UP"));
        // When
        send(messages);
        Map<String, MetricReport> reports = reportsOf(model);
        // Then
        assertThat(reports.get(model + "/real")
                        .getClassification()
                        .getAucMacro()
                        .getValue())
                .isBetween(0.9, 1.0);
        MetricReport made = reports.get(model + "/made");
        assertThat(made.getRealism().getFid().getValue()).isGreaterThan(50);
        assertThat(made.getRealism().getFid().getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
        assertThat(made.getRealism().getKernels()).hasSize(5);
        assertThat(get("metrics"))
                .contains("lensmill_classifications_counted_total 400.0")
                .contains("lensmill_classifications_refused_total{reason=\"UNDECODABLE\"} 1.0");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(get("metrics"))
                .containsPattern("lensmill_report_fid\\{[^}]*collection=\"made\"[^}]*model=\"" + model)
                .containsPattern("lensmill_report_auc\\{class=\"vort\",[^}]*model=\"" + model)
                .contains("lensmill_reports_archived_total"));
        assertArchived(made);
        assertThat(get("health/live")).contains("\"status\": \"UP\"");
    }

    /** In each compression that a sender may choose, a message that is none among them. */
    private void send(List<Classification> messages) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<String> compressions = List.of("none", "gzip", "snappy", "lz4", "zstd");
        for (int i = 0; i < compressions.size(); i++) {
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", servers, "compression.type", compressions.get(i)),
                    new StringSerializer(),
                    new ByteArraySerializer())) {
                if (i == 0) {
                    sent.add(producer.send(
                            new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), "poison", new byte[] {1, 2, 3})));
                }
                for (int k = i; k < messages.size(); k += compressions.size()) {
                    Classification message = messages.get(k);
                    sent.add(producer.send(new ProducerRecord<>(
                            Topics.CLASSIFICATIONS.name(), message.getImageId(), Envelope.encode(message))));
                }
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private void assertArchived(MetricReport made) throws IOException {
        String folder = "reports/" + made.getModelId() + "/made/all/";
        assertThat(made.getObjectKey()).isEqualTo(folder + "report.json");
        try (MinioObjectStore store =
                MinioObjectStore.connect(config.store().settings().orElseThrow())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(ObjectNotFoundException.class)
                    .untilAsserted(() -> {
                        JsonNode archived =
                                new ObjectMapper().readTree(store.get(ObjectKey.of(made.getObjectKey()), 1 << 20));
                        assertThat(archived.get("counted").longValue()).isEqualTo(100);
                        assertThat(archived.at("/realism/referenceCount").longValue())
                                .isEqualTo(300);
                        assertThat(archived.at("/realism/kid/value").isNumber()).isTrue();
                        assertThat(archived.at("/realism/fidInfinity/value").isNull())
                                .isTrue();
                    });
            assertThat(store.list(folder))
                    .extracting(entry -> entry.key().name())
                    .contains("realism.png");
        }
    }

    private Map<String, MetricReport> reportsOf(String model) {
        Map<String, MetricReport> reports = new HashMap<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.REPORTS.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    reports.put(message.key(), Envelope.decode(message.value(), MetricReport.class));
                }
                return isWhole(reports.get(model + "/real"), 300)
                        && isWhole(reports.get(model + "/made"), 100)
                        && reports.get(model + "/made").getRealism().getReferenceCount() == 300;
            });
        }
        return reports;
    }

    private static boolean isWhole(MetricReport report, long counted) {
        return report != null && report.getCounted() == counted;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
