package io.lensmill.classifier;

import io.lensmill.classifier.Accounting.Source;
import io.lensmill.classifier.scoring.ImageScoring;
import io.lensmill.classifier.scoring.Outcome;
import io.lensmill.classifier.scoring.RawMessage;
import io.lensmill.messaging.DeadLetters;
import io.lensmill.messaging.TextHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Images in, classifications or dead letters out. A batch is acknowledged when the broker has the outcome of every one
 * of its images; a worker that is killed before gets it again, and says the same again.
 */
@ApplicationScoped
public class ClassifierWorker {

    private static final Logger LOG = Logger.getLogger(ClassifierWorker.class);

    private final ScoringThread thread;
    private final ImageScoring scoring;
    private final Outbox outbox;
    private final Accounting accounting;

    ClassifierWorker(ScoringThread thread, ImageScoring scoring, Outbox outbox, Accounting accounting) {
        this.thread = thread;
        this.scoring = scoring;
        this.outbox = outbox;
        this.accounting = accounting;
    }

    @Incoming("images")
    public CompletionStage<Void> onImages(ConsumerRecords<String, byte[]> batch) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(batch.count());
        batch.forEach(records::add);
        accounting.received(Source.IMAGES, records.size());
        return thread.handle("Scoring " + records.size() + " images", () -> score(records));
    }

    private void score(List<ConsumerRecord<String, byte[]>> records) throws IOException {
        List<RawMessage> messages = records.stream()
                .map(record -> new RawMessage(record.key(), record.value(), TextHeaders.of(record.headers())))
                .toList();
        List<Outcome> outcomes = scoring.score(messages);
        List<ProducerRecord<String, byte[]>> answers = new ArrayList<>(outcomes.size());
        long refused = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refusal) {
                LOG.debugf(
                        "Image %s refused: %s",
                        records.get(i).key(), refusal.reason().getMessage());
                refused++;
            }
            answers.add(answer(records.get(i), outcomes.get(i)));
        }
        outbox.write(answers);
        accounting.refused(Source.IMAGES, refused);
        accounting.classified(Source.IMAGES, outcomes.size() - refused);
    }

    private static ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> record, Outcome outcome) {
        return outcome instanceof Outcome.Classified classified
                ? Messages.of(classified.classification())
                : DeadLetters.of(record, ((Outcome.Refused) outcome).reason());
    }
}
