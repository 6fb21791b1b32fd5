package io.lensmill.metrics;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.report.ReportSettings;
import io.lensmill.metrics.streams.TopologySettings;
import io.lensmill.storage.StoreSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the metrics worker; README.md tells what each means. */
@ConfigMapping(prefix = "lensmill")
public interface MetricsConfig {

    Store store();

    Topics topics();

    Metrics metrics();

    /** The object store that reports are copied to and contact sheets come from; without keys there is none. */
    interface Store {

        @WithDefault("http://127.0.0.1:9000")
        String endpoint();

        Optional<String> accessKey();

        Optional<String> secretKey();

        @WithDefault("lensmill")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        default Optional<StoreSettings> settings() {
            Optional<String> access = accessKey().filter(key -> !key.isBlank());
            Optional<String> secret = secretKey().filter(key -> !key.isBlank());
            return access.isEmpty() || secret.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StoreSettings(endpoint(), access.get(), secret.get(), bucket(), region()));
        }
    }

    interface Topics {

        @WithDefault("-1")
        short replicationFactor();
    }

    interface Metrics {

        @WithDefault("PT2S")
        Duration reportInterval();

        @WithDefault("0.2")
        double reportShare();

        @WithDefault("2,4,8,16,auto")
        List<String> bandwidths();

        @WithDefault("2000")
        int sampleRows();

        @WithDefault("500")
        int relativeRows();

        @WithDefault("256")
        int randomFeatures();

        @WithDefault("1")
        long seed();

        @WithDefault("P30D")
        Duration seenRetention();

        @WithDefault("2048")
        int maxEmbeddingSize();

        @WithDefault("2048")
        int foldRows();

        @WithDefault("32")
        int collectionsInMemory();

        @WithDefault("PT10S")
        Duration archiveInterval();
    }

    /**
     * @param partitions of the classifications topic
     * @throws IllegalArgumentException when a setting is out of its range
     */
    default TopologySettings topology(int partitions) {
        Metrics metrics = metrics();
        ReportSettings report = new ReportSettings(
                Bandwidth.parseAll("lensmill.metrics.bandwidths", metrics.bandwidths()),
                metrics.relativeRows(),
                metrics.sampleRows(),
                metrics.randomFeatures(),
                metrics.seed());
        return new TopologySettings(
                partitions,
                metrics.reportInterval(),
                metrics.seenRetention(),
                metrics.maxEmbeddingSize(),
                metrics.foldRows(),
                metrics.collectionsInMemory(),
                report);
    }
}
