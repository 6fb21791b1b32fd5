package io.lensmill.worker.reading;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Shows a group's watch every record that its consumer takes. Kafka makes it, from its name in the settings. */
public final class ReadingInterceptor implements ConsumerInterceptor<Object, Object> {

    private static final Logger LOG = Logger.getLogger(ReadingInterceptor.class);

    /** Kafka hands nothing to what it makes but settings; so the group is all that the two know of each other. */
    private static final Map<String, ReadingWatch> WATCHES = new ConcurrentHashMap<>();

    private String group;

    /** From now on the watch hears of what the group's consumer takes. */
    public static void show(String group, ReadingWatch watch) {
        WATCHES.put(group, watch);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        group = String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG));
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        ReadingWatch watch = WATCHES.get(group);
        if (watch != null) {
            try {
                watch.read(records);
            } catch (RuntimeException e) {
                LOG.error("What came was not looked at for gaps", e);
            }
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // How far outcomes are written says nothing of what was never read.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
