package io.lensmill.classifier;

import io.lensmill.classifier.Accounting.Source;
import io.lensmill.classifier.scoring.SampleScoring;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.jobs.Failure;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.messaging.DeadLetters;
import io.lensmill.worker.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Batches of generated images in, classifications out; acknowledged when the broker has all of a batch's results. */
@ApplicationScoped
public class SamplesWorker {

    private static final Logger LOG = Logger.getLogger(SamplesWorker.class);

    private final ScoringThread thread;
    private final SampleScoring scoring;
    private final WritingThread writing;
    private final Accounting accounting;

    SamplesWorker(ScoringThread thread, SampleScoring scoring, WritingThread writing, Accounting accounting) {
        this.thread = thread;
        this.scoring = scoring;
        this.writing = writing;
        this.accounting = accounting;
    }

    @Incoming("samples")
    public CompletionStage<Void> onSamples(ConsumerRecord<String, byte[]> record) {
        SampleBatch batch;
        try {
            batch = Envelope.decode(record.value(), SampleBatch.class);
        } catch (RefusedException e) {
            accounting.received(Source.SAMPLES, 1);
            return refuse(record, e, 1);
        }
        int images = Math.max(1, batch.getCount());
        accounting.received(Source.SAMPLES, images);
        AtomicInteger attempts = new AtomicInteger();
        return thread.handle("Scoring samples of " + batch.getJobId(), () -> score(batch, attempts))
                .thenCompose(
                        end -> end.refusal() == null ? write(end.results()) : refuse(record, end.refusal(), images));
    }

    /** Results, or the reason why there are none. */
    private record End(List<Classification> results, RefusedException refusal) {}

    private End score(SampleBatch batch, AtomicInteger attempts) throws IOException {
        try {
            return new End(scoring.score(batch), null);
        } catch (RefusedException e) {
            return new End(List.of(), e);
        } catch (WorkerStoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (attempts.incrementAndGet() < Failure.ATTEMPTS_AT_OURS) {
                throw e;
            }
            LOG.errorf(e, "Samples of %s are given up", batch.getJobId());
            return new End(List.of(), new Failure.Ours(e).reason());
        }
    }

    private CompletionStage<Void> write(List<Classification> results) {
        return writing.write(() -> results.stream().map(Messages::of).toList())
                .thenRun(() -> accounting.classified(Source.SAMPLES, results));
    }

    private CompletionStage<Void> refuse(ConsumerRecord<String, byte[]> record, RefusedException reason, int images) {
        LOG.infof("Samples refused: %s", reason.getMessage());
        return writing.write(() -> List.of(DeadLetters.of(record, reason)))
                .thenRun(() -> accounting.refused(Source.SAMPLES, images));
    }
}
