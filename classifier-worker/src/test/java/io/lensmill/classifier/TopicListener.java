package io.lensmill.classifier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hears all that is said on some topics, from their first record on. */
final class TopicListener {

    private final List<ConsumerRecord<String, byte[]>> heard = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean open = true;

    TopicListener(String bootstrapServers, List<String> topics) {
        thread = new Thread(() -> listen(bootstrapServers, topics), "listener");
        thread.start();
    }

    List<ConsumerRecord<String, byte[]>> on(String topic) {
        return heard.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private void listen(String bootstrapServers, List<String> topics) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (open) {
                consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
            }
        }
    }

    void close() throws InterruptedException {
        open = false;
        thread.join();
    }
}
