package io.lensmill.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * One broker and one object store for all tests of a JVM, in a temporary directory that goes when the JVM ends.
 *
 * <p>Quarkus loads test classes with several class loaders, each with its own static fields. So what the JVM has in
 * common, its system properties, remembers the servers.
 */
public final class SharedServers {

    /** Not below "lensmill.": a worker refuses settings there that it does not know. */
    private static final String REMEMBERED = "embedded-servers.";

    private SharedServers() {}

    /** Configuration of a worker for these servers, which are started when this JVM has none yet. */
    public static Map<String, String> configuration() {
        Properties jvm = System.getProperties();
        // The one object that all class loaders of a JVM see.
        synchronized (jvm) {
            if (jvm.getProperty(REMEMBERED + ServerConfiguration.BOOTSTRAP_SERVERS) == null) {
                start().forEach((name, value) -> jvm.setProperty(REMEMBERED + name, value));
            }
            return ServerConfiguration.read(name -> jvm.getProperty(REMEMBERED + name));
        }
    }

    private static Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("lensmill-servers-");
            Deque<Closeable> opened = new ArrayDeque<>();
            // Before anything is started, so that a start that fails half way leaves nothing behind either.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(opened, directory), "stop-servers"));
            EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
            opened.push(kafka::close);
            EmbeddedObjectStore store = EmbeddedObjectStore.start(directory.resolve("objects"));
            opened.push(store::close);
            return ServerConfiguration.of(kafka.bootstrapServers(), store.settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Deque<Closeable> opened, Path directory) {
        try {
            for (Closeable server : opened) {
                server.close();
            }
            deleteTree(directory);
        } catch (IOException e) {
            System.err.println("Test servers did not stop cleanly: " + e);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
