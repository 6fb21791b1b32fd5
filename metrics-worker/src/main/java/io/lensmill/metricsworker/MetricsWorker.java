package io.lensmill.metricsworker;

import io.lensmill.contracts.Topics;
import io.lensmill.metricsworker.report.ReportDesk;
import io.lensmill.metricsworker.streams.MetricsTopology;
import io.lensmill.metricsworker.streams.ReportListener;
import io.lensmill.metricsworker.streams.ThreadRevival;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.reading.UnseenLedger;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/**
 * The Kafka edge of the metrics worker: hands its topology to Quarkus, which runs it and acknowledges what it reads,
 * and says what becomes of a stream thread that dies.
 */
@Singleton
public class MetricsWorker {

    /** {@link Lifecycle} has made the topics by now: Kafka Streams stops when its input is missing. */
    @Produces
    @Singleton
    Topology topology(
            MetricsConfig config, BrokerTopics topics, ReportDesk desk, Accounting accounting, ReportListener archive) {
        int partitions = topics.partitions(Topics.CLASSIFICATIONS);
        return MetricsTopology.build(config.topology(partitions), desk, accounting, archive);
    }

    @Produces
    @Singleton
    KafkaClientSupplier clients(UnseenLedger unseen) {
        return new WatchedClients(unseen);
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler threadRevival() {
        return new ThreadRevival(Clock.systemUTC());
    }
}
