package io.lensmill.metricsworker;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metricsworker.report.ReportSettings;
import io.lensmill.metricsworker.streams.TopologySettings;
import io.lensmill.worker.WorkerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of the metrics worker; README.md tells what each means. */
@ConfigMapping(prefix = "lensmill")
public interface MetricsConfig extends WorkerConfig {

    Metrics metrics();

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

    /** @throws IllegalArgumentException when a setting is out of its range */
    default ReportSettings report() {
        Metrics metrics = metrics();
        return new ReportSettings(
                Bandwidth.parseAll("lensmill.metrics.bandwidths", metrics.bandwidths()),
                metrics.relativeRows(),
                metrics.sampleRows(),
                metrics.randomFeatures(),
                metrics.seed());
    }

    /**
     * @param partitions of the classifications topic
     * @throws IllegalArgumentException when a setting is out of its range
     */
    default TopologySettings topology(int partitions) {
        Metrics metrics = metrics();
        return new TopologySettings(
                partitions,
                metrics.reportInterval(),
                metrics.seenRetention(),
                metrics.maxEmbeddingSize(),
                metrics.foldRows(),
                metrics.collectionsInMemory(),
                report());
    }
}
