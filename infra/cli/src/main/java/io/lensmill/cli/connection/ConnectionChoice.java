package io.lensmill.cli.connection;

import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Chooses the servers: an option wins over the environment; when neither names a server, those of the {@code up} that
 * runs on this machine are taken. Servers of two sources are never mixed, so nobody trains on a cluster with data that
 * went to a laptop.
 */
final class ConnectionChoice {

    private static final String NOTHING_RUNS =
            "No servers were named and no 'lensmill up' runs on this machine. Start one in another terminal with:"
                    + " infra/lensmill up  (or name servers with --bootstrap-servers and --s3-endpoint).";

    private final Map<String, String> environment;
    private final ConnectionFile running;

    ConnectionChoice(Map<String, String> environment, ConnectionFile running) {
        this.environment = environment;
        this.running = running;
    }

    Connection choose(ConnectionOptions.Servers options) {
        Optional<String> servers = first(options.bootstrapServers, "LENSMILL_BOOTSTRAP_SERVERS");
        Optional<String> endpoint = first(options.endpoint, "LENSMILL_STORE_ENDPOINT");
        if (servers.isEmpty() && endpoint.isEmpty()) {
            return running.read().orElseThrow(() -> new CommandFailure(NOTHING_RUNS));
        }
        return new Connection(
                servers.map(list -> new KafkaServers(list, kafkaSettings(options))),
                endpoint.map(url -> storeAt(url, options)));
    }

    private Map<String, String> kafkaSettings(ConnectionOptions.Servers options) {
        Optional<String> file = first(options.kafkaProperties, "LENSMILL_KAFKA_PROPERTIES");
        Properties properties = new Properties();
        if (file.isPresent()) {
            try (Reader reader = Files.newBufferedReader(Path.of(file.get()))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailure(
                        "--kafka-properties: " + file.get() + " cannot be read: " + FileFault.of(e), e);
            }
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private StoreSettings storeAt(String url, ConnectionOptions.Servers options) {
        return new StoreSettings(
                url,
                first(options.accessKey, "LENSMILL_STORE_ACCESS_KEY")
                        .orElseThrow(() -> missing("--s3-access-key", "LENSMILL_STORE_ACCESS_KEY")),
                first(options.secretKey, "LENSMILL_STORE_SECRET_KEY")
                        .orElseThrow(() -> missing("--s3-secret-key", "LENSMILL_STORE_SECRET_KEY")),
                first(options.bucket, "LENSMILL_STORE_BUCKET").orElse("lensmill"),
                first(options.region, "LENSMILL_STORE_REGION").orElse("us-east-1"));
    }

    private Optional<String> first(String option, String variable) {
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .filter(value -> !value.isBlank());
    }

    private static CommandFailure missing(String option, String variable) {
        return new CommandFailure(
                "An object store was named without its key: give " + option + " or " + variable + ".");
    }
}
