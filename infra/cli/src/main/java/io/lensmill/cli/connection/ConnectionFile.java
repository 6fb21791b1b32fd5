package io.lensmill.cli.connection;

import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How the commands find an {@code up} that runs on this machine: it writes its addresses and keys into
 * {@code connection.properties} in its data directory, and the path of that file into {@code running} in the user's
 * state directory. Both are readable by their owner alone and go away when it stops.
 */
public final class ConnectionFile {

    private static final String FILE_NAME = "connection.properties";

    private final Path pointer;

    ConnectionFile(Path stateDirectory) {
        this.pointer = stateDirectory.resolve("running");
    }

    public static ConnectionFile ofThisUser() {
        return new ConnectionFile(stateDirectory(System.getenv(), System.getProperty("user.home")));
    }

    /** As the XDG base directory specification has it: XDG_STATE_HOME, or ~/.local/state. */
    static Path stateDirectory(Map<String, String> environment, String home) {
        String state = environment.get("XDG_STATE_HOME");
        Path base = state == null || state.isBlank() ? Path.of(home, ".local", "state") : Path.of(state);
        return base.resolve("lensmill");
    }

    /** Writes both files for the servers of this very process. Returns the path of the connection file. */
    public Path write(Path dataDirectory, String bootstrapServers, StoreSettings store) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        properties.setProperty("bootstrap-servers", bootstrapServers);
        properties.setProperty("store.endpoint", store.endpoint());
        properties.setProperty("store.access-key", store.accessKey());
        properties.setProperty("store.secret-key", store.secretKey());
        properties.setProperty("store.bucket", store.bucket());
        properties.setProperty("store.region", store.region());
        StringWriter text = new StringWriter();
        properties.store(text, "Servers of a running 'lensmill up'; removed when it stops.");
        Path file = dataDirectory.toAbsolutePath().normalize().resolve(FILE_NAME);
        PrivateFiles.write(file, text.toString());
        PrivateFiles.write(pointer, file.toString());
        return file;
    }

    /** Removes both files; the pointer only while it still points to this data directory. */
    public void remove(Path dataDirectory) {
        Path file = dataDirectory.toAbsolutePath().normalize().resolve(FILE_NAME);
        try {
            if (Files.exists(pointer) && Files.readString(pointer).trim().equals(file.toString())) {
                Files.deleteIfExists(pointer);
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + file, e);
        }
    }

    /** The servers of the {@code up} that runs now; empty when none runs (files of a killed one do not count). */
    public Optional<Connection> read() {
        try {
            if (!Files.exists(pointer)) {
                return Optional.empty();
            }
            Path file = Path.of(Files.readString(pointer).trim());
            return Files.exists(file)
                    ? Optional.of(load(file)).filter(ConnectionFile::alive).map(ConnectionFile::parse)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + pointer, e);
        }
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static boolean alive(Properties properties) {
        return ProcessHandle.of(Long.parseLong(properties.getProperty("pid", "0")))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    private static Connection parse(Properties p) {
        return new Connection(
                Optional.of(KafkaServers.at(p.getProperty("bootstrap-servers"))),
                Optional.of(new StoreSettings(
                        p.getProperty("store.endpoint"),
                        p.getProperty("store.access-key"),
                        p.getProperty("store.secret-key"),
                        p.getProperty("store.bucket"),
                        p.getProperty("store.region"))));
    }
}
