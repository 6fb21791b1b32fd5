package io.lensmill.classifier;

import io.lensmill.classifier.training.TrainingResults;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ModelPublished;
import java.util.List;

/** A training job's messages, written to their topics. */
final class KafkaTrainingResults implements TrainingResults {

    private final Outbox outbox;

    KafkaTrainingResults(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void publish(List<Classification> classifications) {
        outbox.write(classifications.stream().map(Messages::of).toList());
    }

    @Override
    public void publish(ModelPublished model) {
        outbox.write(List.of(Messages.of(model)));
    }
}
