package io.lensmill.cli.messages;

import io.lensmill.contracts.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest record of every key of a topic, kept up to date by looking again. Records that cannot be read are left
 * out, which is told once: a listing of the others is worth more than none.
 *
 * @param <T> the topic's record
 */
public final class Latest<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final TopicReader reader;
    private final Class<T> type;
    private final Map<String, T> newest = new LinkedHashMap<>();

    private Latest(TopicReader reader, Class<T> type) {
        this.reader = reader;
        this.type = type;
    }

    /** Reads the whole topic as it stands now. */
    public static <T extends SpecificRecord> Latest<T> of(Broker broker, Topic topic, Class<T> type) {
        Latest<T> latest = new Latest<>(broker.readFromStart(topic), type);
        do {
            latest.refresh();
        } while (!latest.reader.caughtUp());
        return latest;
    }

    /** Takes in what has been written since; waits a moment when that is nothing. Returns the keys that changed. */
    public List<String> refresh() {
        return reader.poll(PATIENCE).stream()
                .filter(this::take)
                .map(ConsumerRecord::key)
                .distinct()
                .toList();
    }

    /** Key to newest record, in the order in which the keys were first seen. */
    public Map<String, T> byKey() {
        return newest;
    }

    @Override
    public void close() {
        reader.close();
    }

    private boolean take(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            newest.remove(message.key());
            return true;
        }
        Optional<T> read = reader.message(message, type);
        read.ifPresent(record -> newest.put(message.key(), record));
        return read.isPresent();
    }
}
