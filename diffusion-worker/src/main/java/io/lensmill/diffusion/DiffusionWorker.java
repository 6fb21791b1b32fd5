package io.lensmill.diffusion;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.generation.GenerationEnvironment;
import io.lensmill.diffusion.generation.GenerationJob;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobRunner;
import io.lensmill.worker.JobThreads;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Rejections;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Generation requests in; each is acknowledged when its job has ended. Several jobs are at work at once, so that small
 * ones share network passes and do not wait for large ones.
 */
@ApplicationScoped
public class DiffusionWorker {

    private final GenerationEnvironment environment;
    private final JobThreads threads;

    DiffusionWorker(
            JobRunner runner,
            MessageSender sender,
            Rejections rejections,
            GenerationEnvironment environment,
            Accounting accounting,
            ComputeThreads computeThreads) {
        this.environment = environment;
        this.threads = new JobThreads(
                runner,
                sender,
                rejections,
                JobKind.GENERATION,
                computeThreads.forGenerations(),
                outcome -> accounting.ended(JobKind.GENERATION, outcome));
    }

    /** Completes when a thread has begun: then the next request may come. */
    @Incoming("generation-requests")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public CompletionStage<Void> onRequest(Message<byte[]> request) {
        JobThreads.Progress progress = threads.work(recordOf(request), this::job);
        progress.answered().whenComplete((nothing, failure) -> {
            if (failure == null) {
                request.ack();
            } else {
                request.nack(failure);
            }
        });
        return progress.begun();
    }

    void stop() {
        threads.stop();
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> recordOf(Message<byte[]> request) {
        return request.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }

    private Job job(byte[] value) throws RefusedException {
        return new GenerationJob(Envelope.decode(value, GenerationRequest.class), environment);
    }
}
