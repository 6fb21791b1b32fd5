package io.lensmill.worker;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.UnseenRecords;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What workers say, each message on its topic and under its key. */
public final class Messages {

    private Messages() {}

    public static ProducerRecord<String, byte[]> of(Classification result) {
        return new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), result.getImageId(), Envelope.encode(result));
    }

    public static ProducerRecord<String, byte[]> of(JobEvent event) {
        return new ProducerRecord<>(Topics.JOBS.name(), event.getJobId(), Envelope.encode(event));
    }

    public static ProducerRecord<String, byte[]> of(ModelPublished model) {
        return new ProducerRecord<>(Topics.MODELS.name(), model.getModelId(), Envelope.encode(model));
    }

    public static ProducerRecord<String, byte[]> of(SampleBatch batch) {
        return new ProducerRecord<>(Topics.SAMPLES.name(), batch.getJobId(), Envelope.encode(batch));
    }

    public static ProducerRecord<String, byte[]> of(UnseenRecords gap) {
        String key = gap.getGroup() + "/" + gap.getTopic() + "/" + gap.getPartition() + "/" + gap.getFromOffset();
        return new ProducerRecord<>(Topics.UNSEEN.name(), key, Envelope.encode(gap));
    }
}
