package io.lensmill.metricsworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.Topics;
import io.lensmill.embedded.AwayGroup;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
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
import org.apache.kafka.streams.StreamsConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What was deleted before the streams read it is told by metric, health and page. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestProfile(AwayStreams.class)
class UnseenClassificationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String TOPIC = Topics.CLASSIFICATIONS.name();

    @ConfigProperty(name = "quarkus.kafka-streams.application-id")
    String group;

    @Inject
    StreamsConfig streams;

    @TestHTTPResource("/")
    URI worker;

    @Test
    void sentIsRefusedAndNeverSeenToTheLastRecord() {
        // Given
        int sent = AwayGroup.RECORDS_PER_PARTITION * Topics.CLASSIFICATIONS.partitions();

        // When
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("q/metrics"))
                .contains("lensmill_classifications_refused_total{reason=\"UNDECODABLE\"} "
                        + (double) (sent - AwayGroup.DELETED)));

        // Then
        assertThat(get("q/metrics"))
                .contains("lensmill_records_unseen_total{topic=\"" + TOPIC + "\"} " + (double) AwayGroup.DELETED)
                .contains("lensmill_topics_deviating");
        assertThat(get("q/health/ready")).contains("\"unseen of " + TOPIC + "\": " + AwayGroup.DELETED);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("api/state"))
                .contains("\"group\":\"" + group + "\",\"topic\":\"" + TOPIC + "\",\"records\":" + AwayGroup.DELETED
                        + ",\"upperBound\":false"));
    }

    @Test
    void everyConsumerOfTheStreamsReadsWhatIsCommitted() {
        // When / Then
        assertThat(streams.getMainConsumerConfigs(group, "main", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(streams.getRestoreConsumerConfigs("restore")).containsEntry("isolation.level", "read_committed");
        assertThat(streams.getGlobalConsumerConfigs("global")).containsEntry("isolation.level", "read_committed");
    }

    private String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve(path)).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
