package io.lensmill.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    private static final String REMEMBERED = "lensmill.embedded.";

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
            EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
            EmbeddedObjectStore store = EmbeddedObjectStore.start(directory.resolve("objects"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(kafka, store, directory), "stop-servers"));
            return ServerConfiguration.of(kafka.bootstrapServers(), store.settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedKafka kafka, EmbeddedObjectStore store, Path directory) {
        try {
            store.close();
            kafka.close();
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
