package io.lensmill.metrics;

import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TopicSetup;
import io.lensmill.metrics.archive.LazyStore;
import io.lensmill.metrics.archive.ReportArchive;
import io.lensmill.metrics.report.ReportComposer;
import io.lensmill.metrics.streams.MetricsTopology;
import io.lensmill.metrics.streams.ReportDesk;
import io.lensmill.metrics.streams.ReportListener;
import io.lensmill.metrics.streams.ThreadRevival;
import io.lensmill.storage.StoreSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Kafka edge of the metrics worker: hands its topology to Quarkus, which runs it. The topics are there before the
 * topology is, since Kafka Streams stops when its input is missing.
 */
@ApplicationScoped
public class MetricsWorker {

    private final ExecutorService reports = background("reports");
    private final ExecutorService details = background("report-details");
    private ReportArchive archive;
    private LazyStore store;

    @Produces
    @Singleton
    Topology topology(
            MetricsConfig config,
            PrometheusAccounting accounting,
            PrometheusArchiveAccounting archiveAccounting,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        var settings = config.topology(partitions(config, bootstrapServers));
        var desk = new ReportDesk(
                new ReportComposer(
                        settings.report(),
                        details,
                        System::nanoTime,
                        config.metrics().reportShare()),
                reports,
                System::nanoTime,
                config.metrics().reportShare());
        return MetricsTopology.build(settings, desk, accounting, archive(config, archiveAccounting));
    }

    private ReportListener archive(MetricsConfig config, PrometheusArchiveAccounting accounting) {
        Optional<StoreSettings> settings = config.store().settings();
        if (settings.isEmpty()) {
            return ReportListener.NONE;
        }
        store = new LazyStore(settings.get());
        archive = new ReportArchive(
                store, config.metrics().archiveInterval(), config.metrics().reportShare(), accounting);
        return archive;
    }

    /** Makes the topics that are missing, and asks how many partitions the classifications have. */
    private static int partitions(MetricsConfig config, String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            TopicSetup.createMissing(
                    admin, MetricsTopology.TOPICS, config.topics().replicationFactor());
            return TopicSetup.partitions(admin, Topics.CLASSIFICATIONS);
        }
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler threadRevival() {
        return new ThreadRevival(Clock.systemUTC());
    }

    @PreDestroy
    void stop() throws IOException {
        reports.shutdownNow();
        details.shutdownNow();
        if (archive != null) {
            archive.close();
            store.close();
        }
    }

    /** One thread, below the stream threads, which must keep polling while a large report is made. */
    private static ExecutorService background(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }
}
