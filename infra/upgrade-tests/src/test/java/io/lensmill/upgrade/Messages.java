package io.lensmill.upgrade;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic as it stands, and what comes after. Partition by partition in the order of the topic. */
final class Messages implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final TopicReader reader;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    private Messages(TopicReader reader) {
        this.reader = reader;
    }

    /** Everything that stands on the topic now. */
    static List<ConsumerRecord<String, byte[]>> on(Broker broker, Topic topic) {
        try (Messages messages = new Messages(broker.readFromStart(topic))) {
            do {
                messages.look();
            } while (!messages.reader.caughtUp());
            return messages.seen;
        }
    }

    /** The same, decoded. */
    static <T extends SpecificRecord> List<T> on(Broker broker, Topic topic, Class<T> type) throws RefusedException {
        return decoded(on(broker, topic), type);
    }

    /** What is written to the topic from this moment on. */
    static Messages after(Broker broker, Topic topic) {
        return new Messages(broker.readFromNow(topic));
    }

    /** Everything that came since, decoded. */
    <T extends SpecificRecord> List<T> since(Class<T> type) throws RefusedException {
        return decoded(since(), type);
    }

    /** Everything that came since. */
    List<ConsumerRecord<String, byte[]>> since() {
        look();
        return List.copyOf(seen);
    }

    private void look() {
        seen.addAll(reader.poll(GLANCE));
    }

    private static <T extends SpecificRecord> List<T> decoded(
            List<ConsumerRecord<String, byte[]>> records, Class<T> type) throws RefusedException {
        List<T> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            messages.add(Envelope.decode(record.value(), type));
        }
        return messages;
    }

    @Override
    public void close() {
        reader.close();
    }
}
