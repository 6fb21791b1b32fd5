package io.lensmill.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's directory: what {@code kafka-storage.sh format} does, when it has not been done yet. */
final class KafkaStorage {

    /** Written last by the formatter, so its presence says that the directory is whole. */
    private static final String FORMATTED_MARK = "meta.properties";

    private KafkaStorage() {}

    /** Formats the directory with a new cluster id, unless an earlier run did. */
    static void formatWhenNew(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve(FORMATTED_MARK))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (Exception e) {
            throw new IOException("Could not format " + directory + " for Kafka", e);
        }
    }
}
