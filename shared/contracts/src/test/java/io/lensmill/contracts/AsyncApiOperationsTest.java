package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads which topic in which group, as asyncapi.yaml says it and as the workers' settings have it. */
class AsyncApiOperationsTest {

    private static final String INCOMING = "mp.messaging.incoming.";

    private static List<AsyncApi.Operation> operations;

    @BeforeAll
    static void readTheDocument() throws IOException {
        operations = AsyncApi.load().operations();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-worker", "diffusion-worker"})
    void aWorkersGroupsAreThoseOfItsChannels(String worker) throws IOException {
        // Given
        Properties settings = settings(worker);
        List<AsyncApi.Operation> configured = settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(".group.id"))
                .map(name -> new AsyncApi.Operation(
                        worker,
                        "receive",
                        settings.getProperty(name.replace(".group.id", ".topic")),
                        Optional.of(settings.getProperty(name))))
                .toList();

        // When
        List<AsyncApi.Operation> told = operations.stream()
                .filter(operation -> operation.worker().equals(worker))
                .filter(operation -> operation.group().isPresent())
                .toList();

        // Then
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(configured);
    }

    @Test
    void theMetricsWorkerReadsInTheGroupOfItsStreams() throws IOException {
        // Given
        Properties settings = settings("metrics-worker");
        List<String> topics = List.of(
                settings.getProperty("quarkus.kafka-streams.topics").strip().split("\\s*,\\s*"));

        // When
        List<AsyncApi.Operation> told = operations.stream()
                .filter(operation -> operation.worker().equals("metrics-worker"))
                .filter(operation ->
                        operation.group().isPresent() || operation.action().equals("send"))
                .toList();

        // Then
        assertThat(told).extracting(AsyncApi.Operation::topic).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(told.stream().map(AsyncApi.Operation::group).flatMap(Optional::stream))
                .isNotEmpty()
                .containsOnly(settings.getProperty("quarkus.kafka-streams.application-id"));
    }

    @Test
    void everyTopicIsReadByAWorker() {
        // Given
        List<String> topics = Topics.ALL.stream().map(Topic::name).toList();

        // When
        List<String> read = operations.stream()
                .filter(operation -> operation.action().equals("receive"))
                .map(AsyncApi.Operation::topic)
                .toList();

        // Then
        assertThat(topics).isNotEmpty().allSatisfy(topic -> assertThat(read).contains(topic));
    }

    private static Properties settings(String worker) throws IOException {
        Path file = Path.of("../..", worker, "src/main/resources/application.properties");
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }
}
