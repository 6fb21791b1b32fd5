package io.lensmill.diffusion;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What this worker says, each on its topic and under its key. */
final class Messages {

    private Messages() {}

    static ProducerRecord<String, byte[]> of(JobEvent event) {
        return new ProducerRecord<>(Topics.JOBS.name(), event.getJobId(), Envelope.encode(event));
    }

    static ProducerRecord<String, byte[]> of(ModelPublished model) {
        return new ProducerRecord<>(Topics.MODELS.name(), model.getModelId(), Envelope.encode(model));
    }

    static ProducerRecord<String, byte[]> of(SampleBatch batch) {
        return new ProducerRecord<>(Topics.SAMPLES.name(), batch.getJobId(), Envelope.encode(batch));
    }
}
