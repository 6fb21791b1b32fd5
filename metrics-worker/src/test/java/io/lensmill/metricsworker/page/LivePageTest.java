package io.lensmill.metricsworker.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.metricsworker.MetricsConfig;
import io.lensmill.metricsworker.OwnState;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's addresses, as Quarkus serves them, with a real broker and a real object store behind. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestProfile(OwnState.class)
class LivePageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2};

    /** As browsers do without TLS; the JDK's client would ask for HTTP/2 by upgrade, which no browser does. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String night = UUID.randomUUID().toString().substring(0, 8);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    MetricsConfig config;

    @TestHTTPResource("/")
    URI page;

    @Test
    void messagesBecomeTheState() throws Exception {
        // When
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.evening(night, Instant.now());
            publisher.deadLetter("last-" + night, "WRONG_SHAPE", "The image must have two dimensions.", 19);
        }
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode state = new ObjectMapper().readTree(get("api/state").body());
            assertThat(entry(state, "jobs", "jobId", "resnet-" + night).get("curve"))
                    .hasSize(79);
            JsonNode real = entry(state, "reports", "collection", "held-out-" + night);
            assertThat(real.at("/classification/aucMacro/value").doubleValue()).isEqualTo(0.969);
            assertThat(real.at("/classification/confusion/1/2").intValue()).isEqualTo(16);
            JsonNode made = entry(state, "reports", "collection", "made-" + night);
            assertThat(made.at("/figures/0/expected/value").doubleValue()).isEqualTo(590.0 / 256);
            assertThat(made.get("history")).hasSize(29);
            assertThat(entry(state, "samples", "jobId", "made-" + night)
                            .get("count")
                            .intValue())
                    .isEqualTo(256);
            assertThat(entry(state, "models", "modelId", "ddpm-" + night)
                            .get("contactSheetKey")
                            .textValue())
                    .isEqualTo("models/ddpm-" + night + "/contact-sheet.png");
            assertThat(entry(state, "deadLetters", "key", "last-" + night)
                            .get("code")
                            .textValue())
                    .isEqualTo("WRONG_SHAPE");
            assertThat(state.get("store").booleanValue()).isTrue();
        });
    }

    @Test
    void aReportThatWasRolledBackWasNeverMade() throws Exception {
        // Given
        Instant now = Instant.now();
        String model = "resnet-" + night;
        String collection = "rolled-back-" + night;
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.reportRolledBack(PageMessages.generated(model, collection, "held-out", 32, now.minusSeconds(2)));
            // When
            publisher.report(PageMessages.generated(model, collection, "held-out", 40, now));
        }
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode state = new ObjectMapper().readTree(get("api/state").body());
            assertThat(entry(state, "reports", "collection", collection).get("history"))
                    .hasSize(1);
        });
    }

    @Test
    void changesAreTold() throws Exception {
        // Given
        HttpRequest request = HttpRequest.newBuilder(page.resolve("api/events")).build();
        HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
        // When
        try (PagePublisher publisher = new PagePublisher(servers)) {
            publisher.job(PageMessages.job("told-" + night, JobKind.GENERATION, JobState.RUNNING, Instant.now())
                    .build());
        }
        // Then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        try (Stream<String> lines = answer.body()) {
            CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(
                    () -> lines.anyMatch(line -> line.startsWith("data: ") && line.contains("told-" + night)));
            assertThat(told).succeedsWithin(PATIENCE).isEqualTo(true);
        }
    }

    @Test
    void anotherSitesNameIsNotAnswered() throws Exception {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            // When
            socket.getOutputStream()
                    .write("GET /api/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            // Then
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("jobs");
        }
    }

    @Test
    void thePageAsksForNothingFromElsewhere() throws Exception {
        // When
        HttpResponse<String> answer = get("");
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>Lensmill</title>").doesNotContain("http://", "https://", "onclick");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe", "http");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void contactSheetsComeFromTheStore() throws Exception {
        // Given
        String key = "samples/made-" + night + "/contact-sheet.png";
        try (MinioObjectStore store =
                MinioObjectStore.connect(config.store().settings().orElseThrow())) {
            store.put(ObjectKey.of(key), PNG);
        }
        // When
        HttpResponse<String> answer = get("api/sheets/" + key);
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void learningCurvesOfModelsComeFromTheStore() throws Exception {
        // Given
        try (MinioObjectStore store =
                MinioObjectStore.connect(config.store().settings().orElseThrow())) {
            byte[] description = "{\"learningCurve\":[{\"epoch\":1}]}".getBytes(StandardCharsets.UTF_8);
            store.put(ObjectKey.of("models/old-" + night + "/model.json"), description);
        }
        // When
        HttpResponse<String> answer = get("api/curves/old-" + night);
        // Then
        assertThat(answer.body()).isEqualTo("[{\"epoch\":1}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sheets/models/secret/model.json",
                "sheets/models/%2e%2e/models/secret/model.json",
                "sheets/models/secret%2fmodel.json",
                "sheets/models/absent/contact-sheet.png",
                "sheets/",
                "curves/..%2fsecret",
                "curves/absent",
                "anything"
            })
    void nothingElseOfTheStoreIsShown(String address) throws Exception {
        // Given
        try (MinioObjectStore store =
                MinioObjectStore.connect(config.store().settings().orElseThrow())) {
            store.put(ObjectKey.of("models/secret/model.json"), "{\"seed\":7}".getBytes(StandardCharsets.UTF_8));
        }
        // When
        HttpResponse<String> answer = get("api/" + address);
        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("seed", config.store().endpoint());
    }

    private static JsonNode entry(JsonNode state, String part, String name, String value) {
        return StreamSupport.stream(state.get(part).spliterator(), false)
                .filter(entry -> value.equals(entry.path(name).asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + value + " among the " + part));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(page.resolve(path))
                        .timeout(PATIENCE.dividedBy(2))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
