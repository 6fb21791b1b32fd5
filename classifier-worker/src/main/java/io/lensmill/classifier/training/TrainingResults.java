package io.lensmill.classifier.training;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.jobs.WorkerStoppedException;
import java.util.List;

/** Where a training job's messages go. Both return when the broker has them, however long that takes. */
public interface TrainingResults {

    /** @throws WorkerStoppedException when the worker shuts down before */
    void publish(List<Classification> classifications);

    /** @throws WorkerStoppedException when the worker shuts down before */
    void publish(ModelPublished model);
}
