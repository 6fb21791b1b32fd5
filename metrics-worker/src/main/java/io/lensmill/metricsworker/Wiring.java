package io.lensmill.metricsworker;

import io.lensmill.messaging.TopicSettings;
import io.lensmill.metricsworker.archive.LazyStore;
import io.lensmill.metricsworker.archive.ReportArchive;
import io.lensmill.metricsworker.report.ReportDesk;
import io.lensmill.metricsworker.streams.ReportListener;
import io.lensmill.storage.StoreSettings;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.StoreMeters;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Puts the plain objects together: who needs what, in one place. */
@Singleton
final class Wiring {

    private final MetricsConfig config;

    Wiring(MetricsConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    BrokerTopics topics(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        return new BrokerTopics(
                broker,
                new TopicSettings(
                        config.topics().replicationFactor(), config.topics().retentionHours()));
    }

    @Produces
    @Singleton
    ReportDesk reportDesk(ReportThreads threads) {
        return new ReportDesk(
                config.report(),
                threads.reports(),
                threads.details(),
                System::nanoTime,
                config.metrics().reportShare());
    }

    /** Without keys to the object store no report is copied there. */
    @Produces
    @Singleton
    ReportListener archive(Accounting accounting, MeterRegistry registry) {
        Optional<StoreSettings> store = config.store().settings();
        if (store.isEmpty()) {
            return ReportListener.NONE;
        }
        return new ReportArchive(
                new LazyStore(store.get(), new StoreMeters(registry)),
                config.metrics().archiveInterval(),
                config.metrics().reportShare(),
                accounting);
    }

    /** After the streams, which are closed at the shutdown's event: the last report is copied too. */
    void close(@Disposes ReportListener archive) {
        if (archive instanceof ReportArchive open) {
            open.close();
        }
    }

    @Produces
    @Singleton
    Accounting accounting(MeterRegistry registry, UnseenLedger unseen, BrokerTopics topics) {
        Accounting accounting = new Accounting(registry);
        accounting.watch(unseen, topics);
        return accounting;
    }

    @Produces
    @Singleton
    UnseenLedger unseenLedger(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        return new UnseenLedger(broker, new UnseenSender(broker)::send);
    }

    void close(@Disposes UnseenLedger unseen) {
        unseen.close();
    }
}
