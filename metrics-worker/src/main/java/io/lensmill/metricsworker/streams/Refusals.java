package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.Failure;
import io.lensmill.messaging.DeadLetters;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

/** Sends what was refused on its way to the dead letters. */
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private Refusals() {}

    /** Forwards the record that is being processed, as it came, with the reason in its headers. */
    static void forward(
            ProcessorContext<String, Outcome> context, Record<String, byte[]> message, RefusedException refusal) {
        RecordMetadata place = place(context);
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                message.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                message.key(),
                message.value(),
                message.headers(),
                Optional.empty());
        ProducerRecord<String, byte[]> letter = DeadLetters.of(refused, refusal);
        Outcome outcome = new Outcome.Refused(letter.value());
        context.forward(new Record<>(letter.key(), outcome, context.currentSystemTimeMs(), letter.headers()));
    }

    /** A fault of ours in reading a message must not end the thread that reads all of them. */
    static RefusedException surprise(ProcessorContext<?, ?> context, RuntimeException fault) {
        LOG.errorf(fault, "Reading %s failed", context.recordMetadata().orElse(null));
        return new Failure.Ours(fault).reason();
    }

    /** Where the record that is being processed stands. */
    static RecordMetadata place(ProcessorContext<?, ?> context) {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record that is being processed always has a place"));
    }
}
