package io.lensmill.cli.connection;

import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.util.Optional;

/**
 * The Kafka cluster and the object store that a command talks to.
 *
 * @param kafka the Kafka cluster; empty when only a store was named
 * @param store the object store; empty when only Kafka was named
 */
public record Connection(Optional<KafkaServers> kafka, Optional<StoreSettings> store) {

    /** @throws CommandFailure when no Kafka cluster was named */
    public KafkaServers requireKafka() {
        return kafka.orElseThrow(() -> new CommandFailure(
                "This command needs Kafka: give --bootstrap-servers or LENSMILL_BOOTSTRAP_SERVERS."));
    }

    /** @throws CommandFailure when no object store was named, or it does not answer */
    public ObjectStore openStore() {
        StoreSettings settings = store.orElseThrow(() -> new CommandFailure(
                "This command needs the object store: give --s3-endpoint with its keys, or LENSMILL_STORE_ENDPOINT,"
                        + " LENSMILL_STORE_ACCESS_KEY and LENSMILL_STORE_SECRET_KEY."));
        try {
            return MinioObjectStore.connect(settings);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The object store at " + settings.endpoint() + " does not answer: " + e.getMessage(), e);
        }
    }
}
