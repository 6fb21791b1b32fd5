package io.lensmill.classifier;

import io.lensmill.classifier.training.TrainingResults;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Messages;
import java.util.List;

/** A training job's messages, written to their topics. */
final class KafkaTrainingResults implements TrainingResults {

    private final MessageSender sender;

    KafkaTrainingResults(MessageSender sender) {
        this.sender = sender;
    }

    @Override
    public void publish(List<Classification> classifications) {
        sender.send(classifications.stream().map(Messages::of).toList());
    }

    @Override
    public void publish(ModelPublished model) {
        sender.send(List.of(Messages.of(model)));
    }
}
