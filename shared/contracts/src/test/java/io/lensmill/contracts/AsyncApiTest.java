package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** asyncapi.yaml is written by hand. What it says is held against the code and the workers' settings. */
class AsyncApiTest {

    private static final Path SCHEMAS = Path.of("src/main/avro");
    private static final String VERSION_FIELD = "schemaVersion";

    private static AsyncApi document;

    @BeforeAll
    static void readTheDocument() throws IOException {
        document = AsyncApi.load();
    }

    static List<Topic> topics() {
        return Topics.ALL;
    }

    static List<AsyncApi.Message> avroMessages() throws IOException {
        return AsyncApi.load().messages().values().stream()
                .filter(message -> message.schemaFile().isPresent())
                .toList();
    }

    @Test
    void theChannelsAreTheTopics() {
        // Given
        List<String> topics = Topics.ALL.stream().map(Topic::name).toList();

        // When
        var channels = document.channels();

        // Then
        assertThat(channels).containsOnlyKeys(topics);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aChannelTellsHowItsTopicIsMade(Topic topic) {
        // Given
        String policy = topic.compacted() ? "compact" : "delete";

        // When
        AsyncApi.Channel channel = document.channels().get(topic.name());

        // Then
        assertThat(channel.partitions()).isEqualTo(topic.partitions());
        assertThat(channel.cleanupPolicy()).isEqualTo(policy);
        assertThat(channel.maxMessageBytes()).isEqualTo(topic.maxMessageBytes());
        assertThat(channel.timestampType())
                .isEqualTo(topic.brokerTime() ? Optional.of("LogAppendTime") : Optional.empty());
        assertThat(channel.retentionMillis())
                .isEqualTo(
                        topic.compacted()
                                ? Optional.empty()
                                : Optional.of(Duration.ofDays(30).toMillis()));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aChannelCarriesTheRecordOfItsTopicUnderTheTopicsKey(Topic topic) {
        // Given
        List<String> schemas = Stream.ofNullable(topic.valueType())
                .map(type -> "./src/main/avro/" + type.getSimpleName() + ".avsc")
                .toList();

        // When
        List<AsyncApi.Message> messages = document.channels().get(topic.name()).messages();

        // Then
        assertThat(messages).isNotEmpty().extracting(AsyncApi.Message::key).containsOnly(topic.key());
        assertThat(messages.stream().map(AsyncApi.Message::schemaFile).flatMap(Optional::stream))
                .containsExactlyElementsOf(schemas);
    }

    @ParameterizedTest
    @MethodSource("avroMessages")
    void theFileThatAMessageNamesGivesItsRecord(AsyncApi.Message message) throws Exception {
        // When
        Schema schema = new Schema.Parser()
                .parse(Path.of(message.schemaFile().orElseThrow()).toFile());

        // Then
        Class<?> type = Class.forName(schema.getFullName());
        assertThat(SchemaNormalization.toParsingForm(schema))
                .isEqualTo(SchemaNormalization.toParsingForm(SpecificData.get().getSchema(type)));
        assertThat(message.schemaVersion()).contains(versionOf(schema));
    }

    @Test
    void noSchemaIsForgotten() throws IOException {
        // Given
        List<String> files;
        try (Stream<Path> listing = Files.list(SCHEMAS)) {
            files = listing.map(file -> file.getFileName().toString()).toList();
        }

        // When
        List<String> named = document.messages().values().stream()
                .flatMap(message -> message.schemaFile().stream())
                .map(path -> Path.of(path).getFileName().toString())
                .toList();

        // Then
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(named).contains(file));
    }

    @Test
    void theDocumentHasTheVersionOfItsNewestSchema() {
        // Given
        List<String> versions = document.messages().values().stream()
                .map(AsyncApi.Message::schemaVersion)
                .flatMap(Optional::stream)
                .toList();

        // When
        String newest =
                versions.stream().max(Comparator.comparing(Version::parse)).orElseThrow();

        // Then
        assertThat(document.version()).isEqualTo(newest);
    }

    @Test
    void aDeadLetterHasTheHeadersThatAreWritten() {
        // Given
        List<String> written = Arrays.stream(DeadLetterHeaders.class.getFields())
                .map(AsyncApiTest::text)
                .toList();
        List<String> codes = Arrays.stream(RefusalCode.values()).map(Enum::name).toList();

        // When
        AsyncApi.Message letter = document.messages().get("deadLetter");

        // Then
        assertThat(letter.headerProperties()).containsOnlyKeys(written);
        assertThat(letter.requiredHeaders())
                .containsExactlyInAnyOrder(
                        DeadLetterHeaders.REASON_CODE,
                        DeadLetterHeaders.REASON_DETAIL,
                        DeadLetterHeaders.TOPIC,
                        DeadLetterHeaders.PARTITION,
                        DeadLetterHeaders.OFFSET,
                        DeadLetterHeaders.TIMESTAMP);
        assertThat(letter.headerValues(DeadLetterHeaders.REASON_CODE)).isEqualTo(codes);
    }

    @Test
    void aBareImageFileHasTheHeadersAndTheLimitThatAreRead() {
        // Given
        AsyncApi.Message file = document.messages().get("imageFile");

        // When
        var headers = file.headerProperties();

        // Then
        assertThat(headers)
                .containsOnlyKeys(
                        ImageMessages.COLLECTION_HEADER, ImageMessages.LABEL_HEADER, ImageMessages.SENT_AT_HEADER);
        assertThat(headers.get(ImageMessages.COLLECTION_HEADER))
                .extracting("default")
                .isEqualTo(ImageMessages.DEFAULT_COLLECTION);
        assertThat(file.payload()).containsEntry("maxLength", ImageMessages.MAX_PIXEL_BYTES);
    }

    private static String versionOf(Schema schema) {
        return (String) schema.getField(VERSION_FIELD).defaultVal();
    }

    private static String text(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public constant can be read: " + constant, e);
        }
    }
}
