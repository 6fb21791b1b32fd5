package io.lensmill.metricsworker.page;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.edge.WholeTopicReader;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.metricsworker.gauges.ReportGauges;
import io.lensmill.metricsworker.page.state.Bounds;
import io.lensmill.metricsworker.page.state.DeadLetterView;
import io.lensmill.metricsworker.page.state.PageState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The Kafka edge of the page: follows five topics into its state, and the reports into gauges too. The compacted ones
 * are read whole; of the samples and the dead letters, which grow for ever, the last ones of each partition.
 */
final class PageTopics implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PageTopics.class);

    /** A generation job writes many batches. */
    private static final int LAST_SAMPLES = 1_000;

    private final PageState state;
    private final ReportGauges gauges;
    private final List<WholeTopicReader> readers;

    /** Begins to read; a topic that does not exist yet is waited for. */
    PageTopics(Map<String, Object> broker, PageState state, ReportGauges gauges) {
        this.state = state;
        this.gauges = gauges;
        Map<String, Object> connection = new HashMap<>(broker);
        // A topic that the broker makes by itself is not compacted.
        connection.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        readers = List.of(
                new WholeTopicReader(connection, Topics.JOBS, this::onJob),
                new WholeTopicReader(connection, Topics.MODELS, this::onModel),
                new WholeTopicReader(connection, Topics.REPORTS, this::onReport),
                WholeTopicReader.ofLast(LAST_SAMPLES, connection, Topics.SAMPLES, this::onSamples),
                WholeTopicReader.ofLast(Bounds.DEAD_LETTERS, connection, Topics.DEAD_LETTERS, this::onDeadLetter));
    }

    @Override
    public void close() {
        readers.forEach(WholeTopicReader::close);
    }

    private void onJob(ConsumerRecord<String, byte[]> message) {
        accept(message, JobEvent.class, state::accept);
    }

    private void onModel(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            state.withdrawModel(message.key());
        }
        accept(message, ModelPublished.class, state::accept);
    }

    private void onReport(ConsumerRecord<String, byte[]> message) {
        accept(message, MetricReport.class, report -> {
            state.accept(message.key(), report);
            gauges.accept(message.key(), report);
        });
    }

    private void onSamples(ConsumerRecord<String, byte[]> message) {
        accept(message, SampleBatch.class, state::accept);
    }

    private void onDeadLetter(ConsumerRecord<String, byte[]> letter) {
        long size = letter.value() == null ? 0 : letter.value().length;
        state.accept(DeadLetterView.of(
                letter.partition() + "/" + letter.offset(),
                letter.key(),
                TextHeaders.of(letter.headers()),
                size,
                letter.timestamp()));
    }

    private static <M extends SpecificRecord> void accept(
            ConsumerRecord<String, byte[]> message, Class<M> type, Consumer<M> next) {
        if (message.value() == null || message.key() == null) {
            return;
        }
        try {
            next.accept(Envelope.decode(message.value(), type));
        } catch (RefusedException e) {
            LOG.debugf("The page passes over a message on %s: %s", message.topic(), e.getMessage());
        }
    }
}
