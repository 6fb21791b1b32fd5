package io.lensmill.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private static final StoreSettings STORE =
            new StoreSettings("http://127.0.0.1:9000", "key", "secret", "lensmill", "us-east-1");

    @TempDir
    private Path folder;

    private Path data;
    private ConnectionFile file;
    private final ConnectionOptions.Servers options = new ConnectionOptions.Servers();

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        file = new ConnectionFile(folder.resolve("state"));
    }

    @Test
    void runningUpIsFound() throws IOException {
        // Given
        file.write(data, "127.0.0.1:9092", STORE);
        // When
        Connection connection = choose(Map.of());
        // Then
        assertThat(connection.requireKafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(connection.store()).contains(STORE);
    }

    @Test
    void filesAreForTheirOwnerAlone() throws IOException {
        // When
        Path written = file.write(data, "127.0.0.1:9092", STORE);
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state/running"))))
                .isEqualTo("rw-------");
    }

    @Test
    void removedFilesLeaveNothing() throws IOException {
        // Given
        file.write(data, "127.0.0.1:9092", STORE);
        // When
        file.remove(data);
        // Then
        assertThat(file.read()).isEmpty();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void removingLeavesThePointerOfALaterUpAlone() throws IOException {
        // Given
        Path other = Files.createDirectory(folder.resolve("other"));
        file.write(data, "127.0.0.1:1111", STORE);
        file.write(other, "127.0.0.1:2222", STORE);
        // When
        file.remove(data);
        // Then
        assertThat(choose(Map.of()).requireKafka().bootstrapServers()).isEqualTo("127.0.0.1:2222");
    }

    @Test
    void filesOfAKilledUpDoNotCount() throws IOException, InterruptedException {
        // Given: a process that has ended
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path written = file.write(data, "127.0.0.1:9092", STORE);
        Files.writeString(written, Files.readString(written).replaceAll("(?m)^pid=.*$", "pid=" + ended.pid()));
        // When, Then
        assertThat(file.read()).isEmpty();
    }

    @Test
    void withoutAnyServerTheErrorSaysHowToStartOne() {
        assertThatThrownBy(() -> choose(Map.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("infra/lensmill up");
    }

    @Test
    void optionWinsOverEnvironment() {
        // Given
        options.bootstrapServers = "option:1";
        // When
        Connection connection = choose(Map.of("LENSMILL_BOOTSTRAP_SERVERS", "environment:1"));
        // Then
        assertThat(connection.kafka()).contains(KafkaServers.at("option:1"));
    }

    @Test
    void environmentNamesBothServers() {
        // When
        Connection connection = choose(Map.of(
                "LENSMILL_BOOTSTRAP_SERVERS", "kafka:9092",
                "LENSMILL_STORE_ENDPOINT", "https://s3.example.org",
                "LENSMILL_STORE_ACCESS_KEY", "a",
                "LENSMILL_STORE_SECRET_KEY", "b",
                "LENSMILL_STORE_BUCKET", "survey"));
        // Then
        assertThat(connection.store())
                .contains(new StoreSettings("https://s3.example.org", "a", "b", "survey", "us-east-1"));
    }

    @Test
    void clientSettingsAreReadFromAFileAndNotPrinted() throws IOException {
        // Given
        Path settings = Files.writeString(folder.resolve("client.properties"), "sasl.jaas.config=secret\n");
        options.bootstrapServers = "cluster:9092";
        // When
        Connection connection = choose(Map.of("LENSMILL_KAFKA_PROPERTIES", settings.toString()));
        // Then
        assertThat(connection.requireKafka().settings()).isEqualTo(Map.of("sasl.jaas.config", "secret"));
        assertThat(connection.requireKafka()).hasToString("cluster:9092");
    }

    @Test
    void serversOfTwoSourcesAreNotMixed() throws IOException {
        // Given
        file.write(data, "127.0.0.1:9092", STORE);
        options.bootstrapServers = "cluster:9092";
        // When
        Connection connection = choose(Map.of());
        // Then
        assertThat(connection.store()).isEmpty();
        assertThatThrownBy(connection::openStore)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--s3-endpoint");
    }

    @Test
    void storeWithoutAKeyIsRefused() {
        options.endpoint = "http://127.0.0.1:9000";
        assertThatThrownBy(() -> choose(Map.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--s3-access-key or LENSMILL_STORE_ACCESS_KEY");
    }

    @Test
    void stateDirectoryFollowsXdg() {
        assertThat(ConnectionFile.stateDirectory(Map.of(), "/home/a")).hasToString("/home/a/.local/state/lensmill");
        assertThat(ConnectionFile.stateDirectory(Map.of("XDG_STATE_HOME", "/x"), "/home/a"))
                .hasToString("/x/lensmill");
    }

    private Connection choose(Map<String, String> environment) {
        return new ConnectionChoice(environment, file).choose(options);
    }
}
