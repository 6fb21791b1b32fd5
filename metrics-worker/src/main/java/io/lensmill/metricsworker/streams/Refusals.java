package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.RefusedException;
import io.lensmill.messaging.DeadLetters;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends what was refused on its way to the dead letters. */
final class Refusals {

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
        Headers headers = DeadLetters.of(refused, refusal).headers();
        Outcome outcome = new Outcome.Refused(message.value());
        context.forward(new Record<>(message.key(), outcome, context.currentSystemTimeMs(), headers));
    }

    /** Where the record that is being processed stands. */
    static RecordMetadata place(ProcessorContext<?, ?> context) {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record that is being processed always has a place"));
    }
}
