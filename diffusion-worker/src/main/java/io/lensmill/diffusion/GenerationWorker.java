package io.lensmill.diffusion;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.generation.GenerationEnvironment;
import io.lensmill.diffusion.generation.GenerationJob;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.edge.JobIntake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Generation requests in; each is acknowledged when its job has ended. */
@ApplicationScoped
public class GenerationWorker {

    private final GenerationEnvironment environment;
    private final JobThread thread;

    GenerationWorker(
            JobIntake intake, GenerationEnvironment environment, Accounting accounting, ComputeThreads computeThreads) {
        this.environment = environment;
        this.thread = new JobThread(JobKind.GENERATION, intake, accounting, computeThreads, "generation");
    }

    @Incoming("generation-requests")
    public CompletionStage<Void> onRequest(ConsumerRecord<String, byte[]> request) {
        return thread.work(request, this::job);
    }

    void stop() {
        thread.stop();
    }

    private Job job(byte[] value) throws RefusedException {
        return new GenerationJob(Envelope.decode(value, GenerationRequest.class), environment);
    }
}
