package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ImageScoring;
import io.lensmill.classifier.scoring.Outcome;
import io.lensmill.classifier.scoring.RawMessage;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.messaging.DeadLetters;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.worker.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Images in, classifications or dead letters out. A batch is acknowledged when the broker has the outcome of every one
 * of its images; a worker that is killed before gets it again, and says the same again. While one batch is computed the
 * outcomes of the one before are written and the one behind waits; acknowledgements keep the order of the batches.
 */
@ApplicationScoped
public class ClassifierWorker {

    private static final Logger LOG = Logger.getLogger(ClassifierWorker.class);

    private final ScoringThread thread;
    private final ImageScoring scoring;
    private final WritingThread writing;
    private final BatchesInFlight inFlight;
    private final Accounting accounting;

    ClassifierWorker(
            ScoringThread thread,
            ImageScoring scoring,
            WritingThread writing,
            BatchesInFlight inFlight,
            Accounting accounting) {
        this.thread = thread;
        this.scoring = scoring;
        this.writing = writing;
        this.inFlight = inFlight;
        this.accounting = accounting;
    }

    /** @return completes when there is room for another batch; the batch itself is acknowledged when it is written */
    @Incoming("images")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public CompletionStage<Void> onImages(Message<ConsumerRecords<String, byte[]>> batch) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        batch.getPayload().forEach(records::add);
        accounting.received(Accounting.Source.IMAGES, records.size());
        CompletionStage<Void> room = inFlight.take(records.size());
        List<RawMessage> messages = messages(records);
        // Kept over the attempts: what is scored is not fetched and scored again because the store fails for another.
        Outcome[] done = new Outcome[records.size()];
        thread.handle("Scoring " + records.size() + " images", () -> scoring.score(messages, done))
                .thenCompose(outcomes -> write(records, outcomes))
                .thenCompose(unused -> batch.ack())
                .whenComplete((unused, failure) -> {
                    inFlight.finish(records.size());
                    if (failure != null) {
                        // A later commit covers this one; after a restart the batch would come again.
                        LOG.warn("A batch of images was written, but could not be acknowledged", failure);
                    }
                });
        return room;
    }

    private static List<RawMessage> messages(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> new RawMessage(record.key(), record.value(), headers(record)))
                .toList();
    }

    /** Where the topic keeps the sender's time, the record's is that of {@link ImageMessages#SENT_AT_HEADER}. */
    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = TextHeaders.of(record.headers());
        if (record.timestampType() == TimestampType.CREATE_TIME && record.timestamp() >= 0) {
            headers.putIfAbsent(
                    ImageMessages.SENT_AT_HEADER,
                    Instant.ofEpochMilli(record.timestamp()).toString());
        }
        return headers;
    }

    private CompletionStage<Void> write(List<ConsumerRecord<String, byte[]>> records, List<Outcome> outcomes) {
        return writing.write(
                        () -> {
                            List<ProducerRecord<String, byte[]>> answers = new ArrayList<>(outcomes.size());
                            for (int i = 0; i < outcomes.size(); i++) {
                                answers.add(answer(records.get(i), outcomes.get(i)));
                            }
                            return answers;
                        },
                        (place, why) -> DeadLetters.of(records.get(place), tooLarge(why)))
                .thenAccept(tooLarge -> accounting.written(records, withRefusals(outcomes, tooLarge)));
    }

    private static List<Outcome> withRefusals(List<Outcome> outcomes, Set<Integer> tooLarge) {
        List<Outcome> ends = new ArrayList<>(outcomes);
        tooLarge.forEach(place -> ends.set(place, new Outcome.Refused(tooLarge("Its classification is too large."))));
        return ends;
    }

    private static RefusedException tooLarge(String why) {
        return new RefusedException(RefusalCode.TOO_LARGE, why);
    }

    private static ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> record, Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            return Messages.of(classified.classification());
        }
        Outcome.Refused refusal = (Outcome.Refused) outcome;
        LOG.debugf("Image %s refused: %s", record.key(), refusal.reason().getMessage());
        return DeadLetters.of(record, refusal.reason());
    }
}
