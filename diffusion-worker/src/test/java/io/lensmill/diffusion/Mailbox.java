package io.lensmill.diffusion;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.jobs.edge.WholeTopicReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A user of the worker: sends to topics, and keeps all that comes on others. */
final class Mailbox implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final List<WholeTopicReader> readers;
    private final List<ConsumerRecord<String, byte[]>> received = new CopyOnWriteArrayList<>();

    Mailbox(String bootstrapServers, Topic... topics) {
        Map<String, Object> broker = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
        readers = List.of(topics).stream()
                .map(topic -> new WholeTopicReader(broker, topic, received::add))
                .toList();
    }

    void send(Topic topic, String key, SpecificRecord message) throws Exception {
        sendRaw(topic, key, Envelope.encode(message));
    }

    void sendRaw(Topic topic, String key, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    }

    /** What has come on the topic under the key, in order. */
    List<ConsumerRecord<String, byte[]>> received(Topic topic, String key) {
        return received.stream()
                .filter(r -> r.topic().equals(topic.name()) && key.equals(r.key()))
                .toList();
    }

    <T extends SpecificRecord> List<T> received(Topic topic, String key, Class<T> type) {
        return received(topic, key).stream().map(r -> decode(r, type)).toList();
    }

    boolean hasEnded(Topic jobs, String jobId, JobState state) {
        return received(jobs, jobId, JobEvent.class).stream().anyMatch(event -> event.getState() == state);
    }

    @Override
    public void close() {
        readers.forEach(WholeTopicReader::close);
        producer.close();
    }

    private static <T extends SpecificRecord> T decode(ConsumerRecord<String, byte[]> message, Class<T> type) {
        try {
            return Envelope.decode(message.value(), type);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }
}
