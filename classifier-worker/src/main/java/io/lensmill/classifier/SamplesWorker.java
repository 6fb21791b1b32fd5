package io.lensmill.classifier;

import io.lensmill.classifier.Accounting.Source;
import io.lensmill.classifier.scoring.SampleScoring;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.messaging.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Batches of generated images in, classifications out; acknowledged when the broker has all of a batch's results. */
@ApplicationScoped
public class SamplesWorker {

    private static final Logger LOG = Logger.getLogger(SamplesWorker.class);

    private final ScoringThread thread;
    private final SampleScoring scoring;
    private final Outbox outbox;
    private final Accounting accounting;

    SamplesWorker(ScoringThread thread, SampleScoring scoring, Outbox outbox, Accounting accounting) {
        this.thread = thread;
        this.scoring = scoring;
        this.outbox = outbox;
        this.accounting = accounting;
    }

    @Incoming("samples")
    public CompletionStage<Void> onSamples(ConsumerRecord<String, byte[]> record) {
        SampleBatch batch;
        try {
            batch = Envelope.decode(record.value(), SampleBatch.class);
        } catch (RefusedException e) {
            accounting.received(Source.SAMPLES, 1);
            return thread.handle("Refusing samples", () -> refuse(record, e, 1));
        }
        int images = Math.max(1, batch.getCount());
        accounting.received(Source.SAMPLES, images);
        return thread.handle("Scoring samples of " + batch.getJobId(), () -> score(record, batch, images));
    }

    private void score(ConsumerRecord<String, byte[]> record, SampleBatch batch, int images) throws IOException {
        List<Classification> results;
        try {
            results = scoring.score(batch);
        } catch (RefusedException e) {
            refuse(record, e, images);
            return;
        }
        outbox.write(results.stream().map(Messages::of).toList());
        accounting.classified(Source.SAMPLES, results.size());
    }

    private void refuse(ConsumerRecord<String, byte[]> record, RefusedException reason, int images) {
        LOG.infof("Samples refused: %s", reason.getMessage());
        outbox.write(List.of(DeadLetters.of(record, reason)));
        accounting.refused(Source.SAMPLES, images);
    }
}
