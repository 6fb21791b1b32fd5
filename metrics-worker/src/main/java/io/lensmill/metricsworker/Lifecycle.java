package io.lensmill.metricsworker;

import io.lensmill.metricsworker.streams.MetricsTopology;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens before the first message is consumed, and after the last one. */
@Singleton
final class Lifecycle {

    /** Quarkus builds and starts the streams at the usual priority, 2500. */
    private static final int BEFORE_THE_STREAMS = 1;

    /** It closes them at the same. */
    private static final int AFTER_THE_STREAMS = 3_000;

    private final BrokerTopics topics;
    private final ReportThreads threads;
    private final Answers answers;
    private final UnseenLedger unseen;

    Lifecycle(BrokerTopics topics, ReportThreads threads, Answers answers, UnseenLedger unseen) {
        this.topics = topics;
        this.threads = threads;
        this.answers = answers;
        this.unseen = unseen;
    }

    void start(@Observes @Priority(BEFORE_THE_STREAMS) StartupEvent event) {
        topics.createMissing(MetricsTopology.TOPICS);
        answers.begin();
        unseen.start();
    }

    void stop(@Observes @Priority(AFTER_THE_STREAMS) ShutdownEvent event) {
        answers.end();
        threads.stop();
    }
}
