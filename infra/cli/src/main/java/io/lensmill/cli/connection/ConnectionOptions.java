package io.lensmill.cli.connection;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that name the servers; shared by every command that talks to them. */
public final class ConnectionOptions {

    @ArgGroup(validate = false, heading = "%nServers (option, or environment variable; default: the running 'up'):%n")
    Servers servers = new Servers();

    /** The options themselves. */
    static final class Servers {

        @Option(
                names = "--bootstrap-servers",
                paramLabel = "LIST",
                description = "Kafka, host:port. LENSMILL_BOOTSTRAP_SERVERS")
        String bootstrapServers;

        @Option(
                names = "--kafka-properties",
                paramLabel = "FILE",
                description = "Further Kafka client settings, such as TLS and SASL. LENSMILL_KAFKA_PROPERTIES")
        String kafkaProperties;

        @Option(names = "--s3-endpoint", paramLabel = "URL", description = "Object store. LENSMILL_STORE_ENDPOINT")
        String endpoint;

        @Option(names = "--s3-access-key", paramLabel = "KEY", description = "LENSMILL_STORE_ACCESS_KEY")
        String accessKey;

        @Option(
                names = "--s3-secret-key",
                paramLabel = "KEY",
                description = "LENSMILL_STORE_SECRET_KEY, the better way: others can read command lines.")
        String secretKey;

        @Option(names = "--s3-bucket", paramLabel = "NAME", description = "LENSMILL_STORE_BUCKET, otherwise lensmill.")
        String bucket;

        @Option(names = "--s3-region", paramLabel = "NAME", description = "LENSMILL_STORE_REGION, otherwise us-east-1.")
        String region;
    }

    /** The servers to use; see {@link ConnectionChoice} for the order. */
    public Connection resolve() {
        return new ConnectionChoice(System.getenv(), ConnectionFile.ofThisUser()).choose(servers);
    }
}
