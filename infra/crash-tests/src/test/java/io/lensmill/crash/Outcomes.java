package io.lensmill.crash;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Everything that was said of the images, from the topics' beginning on. */
final class Outcomes implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TopicReader classifications;
    private final TopicReader deadLetters;
    private final WorkerUnderTest worker;
    /** Image id to its results, which differ in more than their time. */
    private final Map<String, Set<Classification>> results = new HashMap<>();

    private final Set<String> refused = new HashSet<>();
    private int records;

    Outcomes(WorkerUnderTest worker) {
        this.worker = worker;
        Broker broker = worker.broker();
        this.classifications = broker.readFromStart(Topics.CLASSIFICATIONS);
        this.deadLetters = broker.readFromStart(Topics.DEAD_LETTERS);
    }

    /** Reads on until so many different images have an outcome that the condition holds. */
    void await(IntPredicate condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.test(images())) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Only " + images() + " images have an outcome after " + PATIENCE);
            }
            worker.requireAlive();
            look();
        }
    }

    private void look() throws Exception {
        for (var record : classifications.poll(GLANCE)) {
            Classification result = Envelope.decode(record.value(), Classification.class);
            result.setClassifiedAt(Instant.EPOCH);
            results.computeIfAbsent(result.getImageId(), unused -> new HashSet<>())
                    .add(result);
            records++;
        }
        deadLetters.poll(GLANCE).forEach(record -> refused.add(record.key()));
    }

    int images() {
        return results.size() + refused.size();
    }

    Map<String, Set<Classification>> results() {
        return results;
    }

    Set<String> refused() {
        return refused;
    }

    /** Classifications that were read, repeated ones too. */
    int records() {
        return records;
    }

    @Override
    public void close() {
        classifications.close();
        deadLetters.close();
    }
}
