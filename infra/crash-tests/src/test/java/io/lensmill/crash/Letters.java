package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TextHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What the workers say on their topics, from the beginning on: classifications, job events, reports, dead letters. */
final class Letters implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TopicReader classifications;
    private final TopicReader deadLetters;
    private final TopicReader jobs;
    private final TopicReader reports;
    private final Map<String, Classification> results = new HashMap<>();
    private final Map<String, JobState> states = new HashMap<>();
    private final Map<String, MetricReport> newest = new HashMap<>();
    private final List<Map<String, String>> letters = new ArrayList<>();
    private long imagesClassified;

    Letters(Broker broker) {
        classifications = broker.readFromStart(Topics.CLASSIFICATIONS);
        deadLetters = broker.readFromStart(Topics.DEAD_LETTERS);
        jobs = broker.readFromStart(Topics.JOBS);
        reports = broker.readFromStart(Topics.REPORTS);
    }

    boolean awaitClassification(String imageId) throws Exception {
        return await(() -> results.containsKey(imageId));
    }

    boolean awaitEvent(String jobId, JobState state) throws Exception {
        return await(() -> states.get(jobId) == state);
    }

    boolean awaitReport(String collection, Predicate<MetricReport> condition) throws Exception {
        return await(() -> newest.containsKey(collection) && condition.test(newest.get(collection)));
    }

    boolean awaitCountOf(Topic topic, long count) throws Exception {
        return await(() -> countOf(topic) >= count);
    }

    /** @return false when the condition does not come to hold in time */
    boolean await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                return false;
            }
            look();
        }
        return true;
    }

    /** The record at this place is answered, with a reason that can be read. */
    void require(RecordMetadata place, Poison poison) throws Exception {
        String what = poison.name() + " on " + place;
        assertThat(await(() -> find(place).isPresent()))
                .as("a letter for %s", what)
                .isTrue();
        Map<String, String> letter = find(place).orElseThrow();
        assertThat(RefusalCode.valueOf(letter.get(DeadLetterHeaders.REASON_CODE)))
                .as("%s: %s", what, letter)
                .isNotEqualTo(RefusalCode.INTERNAL_ERROR);
        assertThat(letter.get(DeadLetterHeaders.REASON_DETAIL))
                .as(what)
                .endsWith(".")
                .hasSizeLessThan(1_000);
    }

    private Optional<Map<String, String>> find(RecordMetadata place) {
        return letters.stream()
                .filter(letter -> place.topic().equals(letter.get(DeadLetterHeaders.TOPIC))
                        && Integer.toString(place.partition()).equals(letter.get(DeadLetterHeaders.PARTITION))
                        && Long.toString(place.offset()).equals(letter.get(DeadLetterHeaders.OFFSET)))
                .findFirst();
    }

    int count() {
        return letters.size();
    }

    long countOf(Topic topic) {
        return letters.stream()
                .filter(letter -> topic.name().equals(letter.get(DeadLetterHeaders.TOPIC)))
                .count();
    }

    /** Classifications of images, not of samples and not of the test's own making. */
    long classified() {
        return imagesClassified;
    }

    Classification anyClassification() {
        return Classification.newBuilder(results.get("image-1")).build();
    }

    private void look() throws RefusedException {
        for (Classification result : decoded(classifications, Classification.class)) {
            results.putIfAbsent(result.getImageId(), result);
            imagesClassified += result.getCollection().equals("poisoned") ? 1 : 0;
        }
        decoded(jobs, JobEvent.class).forEach(event -> states.put(event.getJobId(), event.getState()));
        decoded(reports, MetricReport.class).forEach(report -> newest.put(report.getCollection(), report));
        deadLetters.poll(GLANCE).forEach(letter -> letters.add(TextHeaders.of(letter.headers())));
    }

    /** Without what the test itself has put there. */
    private static <T extends SpecificRecord> List<T> decoded(TopicReader reader, Class<T> type) {
        List<T> messages = new ArrayList<>();
        reader.poll(GLANCE).forEach(record -> {
            try {
                messages.add(Envelope.decode(record.value(), type));
            } catch (RefusedException e) {
                // Poison: the workers answer it.
            }
        });
        return messages;
    }

    @Override
    public void close() {
        classifications.close();
        deadLetters.close();
        jobs.close();
        reports.close();
    }
}
