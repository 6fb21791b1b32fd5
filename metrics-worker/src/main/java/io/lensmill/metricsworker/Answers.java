package io.lensmill.metricsworker;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Topics;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.TopicReferee;
import io.lensmill.worker.WorkerWiring;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * Answers what nobody can read on the topic of reports, which every page reads whole. The streams answer for the topics
 * that they read.
 */
@Singleton
final class Answers {

    private final Map<String, Object> broker;
    private Producer<String, byte[]> producer;
    private MessageSender sender;
    private TopicReferee referee;

    Answers(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    /** The topics exist. */
    void begin() {
        producer = WorkerWiring.connect(broker, "lensmill-metrics-outbox");
        sender = new MessageSender(producer);
        referee = TopicReferee.start(
                broker,
                "lensmill-metrics-referee",
                Map.of(Topics.REPORTS, message -> Envelope.decode(message, MetricReport.class)),
                sender);
    }

    void end() {
        if (referee != null) {
            sender.stop();
            referee.close();
            producer.close(Duration.ofSeconds(5));
        }
    }
}
