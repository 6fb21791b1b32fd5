package io.lensmill.metricsworker.page;

import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.UnseenRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what the other workers would. */
public final class PagePublisher implements AutoCloseable {

    private final String bootstrapServers;
    private final Producer<String, byte[]> producer;

    public PagePublisher(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    public void job(JobEvent event) {
        send(Topics.JOBS.name(), event.getJobId(), event);
    }

    public void report(MetricReport report) {
        send(Topics.REPORTS.name(), key(report), report);
    }

    /** As a metrics worker does that fails between writing a report and committing it. */
    public void reportRolledBack(MetricReport report) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                UUID.randomUUID().toString());
        try (Producer<String, byte[]> failing =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            failing.initTransactions();
            failing.beginTransaction();
            failing.send(new ProducerRecord<>(Topics.REPORTS.name(), key(report), Envelope.encode(report)))
                    .get();
            failing.abortTransaction();
        }
    }

    private static String key(MetricReport report) {
        return report.getModelId() + "/" + report.getCollection();
    }

    public void send(String topic, String key, SpecificRecord message) {
        write(new ProducerRecord<>(topic, key, Envelope.encode(message)));
    }

    /** As a group does that comes back too late. */
    public void unseen(UnseenRecords gap) {
        send(Topics.UNSEEN.name(), gap.getGroup() + "/" + gap.getTopic() + "/" + gap.getFromOffset(), gap);
    }

    public void deadLetter(String key, String code, String detail, int offset) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, new byte[] {1, 2, 3});
        Map.of(
                        DeadLetterHeaders.REASON_CODE,
                        code,
                        DeadLetterHeaders.REASON_DETAIL,
                        detail,
                        DeadLetterHeaders.TOPIC,
                        Topics.IMAGES.name(),
                        DeadLetterHeaders.PARTITION,
                        "2",
                        DeadLetterHeaders.OFFSET,
                        Integer.toString(offset))
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        write(letter);
    }

    private void write(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker did not take " + record.key(), e);
        }
    }

    /** A busy evening: two trainings at work, one over, one refused; real and generated images reported. */
    public void evening(String night, Instant now) {
        String classifier = "resnet-" + night;
        String diffusion = "ddpm-" + night;
        String sheet = "samples/made-" + night + "/contact-sheet.png";
        job(PageMessages.job("slow-" + night, JobKind.CLASSIFIER_TRAINING, JobState.REJECTED, now.minusSeconds(5_000))
                .setMessage("preset must be one of demo, fast, smoke; got 'slow'.")
                .build());
        job(PageMessages.job("made-" + night, JobKind.GENERATION, JobState.SUCCEEDED, now.minusSeconds(900))
                .setMessage("256 images are in samples/made-" + night + "/.")
                .setStep(256)
                .setTotalSteps(256)
                .build());
        job(PageMessages.job(diffusion, JobKind.DIFFUSION_TRAINING, JobState.RUNNING, now)
                .setStep(8_900)
                .setTotalSteps(20_000)
                .setEpoch(89)
                .setTotalEpochs(200)
                .setLoss(0.0213)
                .setEtaSeconds(2_240.0)
                .setMetrics(Map.of("imagesPerSecond", 41.7))
                .build());
        PageMessages.training(classifier, 79, now).forEach(this::job);
        send(Topics.MODELS.name(), diffusion, PageMessages.diffusionModel(diffusion, now.minusSeconds(86_400)));
        send(Topics.SAMPLES.name(), "made-" + night, PageMessages.samples("made-" + night, 192, sheet, now));
        report(PageMessages.real(classifier, "held-out-" + night, now));
        report(PageMessages.foreign(classifier, "strange-" + night, now));
        for (int n = 32; n <= 256; n += 8) {
            Instant at = now.minusSeconds(4L * (256 - n));
            report(PageMessages.generated(classifier, "made-" + night, "held-out-" + night, n, at));
        }
        deadLetter("survey/ngc-4", "UNDECODABLE", "The bytes are neither a message nor an image file.", 17);
        deadLetter("survey/ngc-17", "NOT_FINITE", "The image holds 12 values that are NaN or infinite.", 18);
    }

    @Override
    public void close() {
        producer.close();
    }
}
