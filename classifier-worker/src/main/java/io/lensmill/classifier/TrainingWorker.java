package io.lensmill.classifier;

import io.lensmill.classifier.training.TrainingEnvironment;
import io.lensmill.classifier.training.TrainingJob;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobRunner;
import io.lensmill.worker.JobThreads;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Rejections;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Training requests in, one at a time; each is acknowledged when its job has ended. */
@ApplicationScoped
public class TrainingWorker {

    private final TrainingEnvironment environment;
    private final JobThreads threads;

    TrainingWorker(
            JobRunner runner,
            MessageSender sender,
            Rejections rejections,
            TrainingEnvironment environment,
            Accounting accounting,
            ComputeThreads computeThreads) {
        this.environment = environment;
        this.threads = new JobThreads(
                runner,
                sender,
                rejections,
                JobKind.CLASSIFIER_TRAINING,
                computeThreads.single("training"),
                accounting::ended);
    }

    @Incoming("training-requests")
    public CompletionStage<Void> onRequest(ConsumerRecord<String, byte[]> request) {
        return threads.work(request, this::job).answered();
    }

    void stop() {
        threads.stop();
    }

    private Job job(byte[] value) throws RefusedException {
        return new TrainingJob(Envelope.decode(value, TrainingRequest.class), environment);
    }
}
