package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker as a whole, with a real broker and a real object store. The first test makes the model for the others. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClassifierWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATASET = "worker-test";
    private static final String MODEL = "worker-test-model";
    private static final Map<String, String> TINY =
            Map.of("blocks", "1,1", "width", "4", "imageSize", "16", "batchSize", "8", "epochs", "2");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @TestHTTPResource("/q/metrics")
    URI metrics;

    @Inject
    ObjectStore store;

    @Inject
    Producer<String, byte[]> producer;

    private TopicListener listener;

    @BeforeEach
    void listen() {
        listener = new TopicListener(
                bootstrapServers,
                List.of(
                        Topics.CLASSIFICATIONS.name(),
                        Topics.DEAD_LETTERS.name(),
                        Topics.JOBS.name(),
                        Topics.MODELS.name()));
    }

    @AfterEach
    void stopListening() throws InterruptedException {
        listener.close();
    }

    @Test
    @Order(1)
    void imagesWaitForTheFirstModelAndAreScoredWhenItHasBeenTrained() throws Exception {
        // Given
        TestDatasets.simulate(store, DATASET, 16, 10, 4);
        send(Topics.IMAGES, "early", npy(1));
        String before = await(() -> Optional.of(get(readiness)).filter(answer -> answer.contains("\"UP\"")));

        // When
        request(MODEL, DATASET, "smoke", TINY);

        // Then
        assertThat(before).contains("no model yet").contains("\"warming\": false");
        Classification early = await(() -> classification("early", "inbox"));
        assertThat(early.getModelId()).isEqualTo(MODEL);
        JobEvent end = await(() -> end(MODEL));
        assertThat(end.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(end.getResults()).containsEntry("modelId", MODEL);
        ModelPublished model = await(() -> listener.on(Topics.MODELS.name()).stream()
                .map(record -> decode(record, ModelPublished.class))
                .filter(m -> m.getModelId().equals(MODEL))
                .findFirst());
        assertThat(early.getEmbeddingSize()).isEqualTo(model.getEmbeddingSize());
        assertThat(listener.on(Topics.CLASSIFICATIONS.name()))
                .filteredOn(record -> record.key().startsWith(DATASET + "/val/"))
                .hasSize(12);
        assertThat(get(readiness)).contains(MODEL);
    }

    @Test
    @Order(2)
    void envelopedAndBareImagesAreClassifiedAndBrokenOnesAnsweredInBetween() throws Exception {
        // When
        send(Topics.IMAGES, "bare", npy(2));
        send(Topics.IMAGES, "broken", "this is no image".getBytes(StandardCharsets.UTF_8));
        sendImage("enveloped", "night-1", "subhalo");
        sendImage("mislabelled", "night-1", "spiral");

        // Then
        Classification enveloped = await(() -> classification("enveloped", "night-1"));
        assertThat(enveloped.getLabel()).isEqualTo("sphere");
        assertThat(enveloped.getAttributes()).containsEntry("telescope", "none");
        assertThat(enveloped.getScores()).hasSize(3);
        await(() -> classification("bare", "inbox"));
        assertThat(code(await(() -> deadLetter("broken")))).isEqualTo(RefusalCode.UNDECODABLE.name());
        assertThat(code(await(() -> deadLetter("mislabelled")))).isEqualTo(RefusalCode.UNKNOWN_CLASS.name());
        assertThat(await(() -> deadLetter("broken")).value())
                .isEqualTo("this is no image".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Order(3)
    void generatedImagesAreScoredAsSuch() throws Exception {
        // Given
        List<FloatImage> images = List.of(lens(1), lens(2), lens(3));
        byte[] array = NpyCodec.encodeBatch(images);
        store.put(ObjectKey.of("samples/gen-1/000000.npy"), array);

        // When
        send(
                Topics.SAMPLES,
                "gen-1",
                Envelope.encode(SampleBatch.newBuilder()
                        .setJobId("gen-1")
                        .setModelId("unet")
                        .setCollection("generated")
                        .setReference(DATASET + "/val")
                        .setFirstIndex(0)
                        .setCount(3)
                        .setHeight(16)
                        .setWidth(16)
                        .setArrayKey("samples/gen-1/000000.npy")
                        .setSha256(Sha256.hex(array))
                        .setCreatedAt(Instant.EPOCH)
                        .build()));

        // Then
        Classification last = await(() -> classification("gen-1/2", "generated"));
        assertThat(last.getRole()).isEqualTo(ImageRole.GENERATED);
        assertThat(last.getReference()).isEqualTo(DATASET + "/val");
    }

    @Test
    @Order(4)
    void requestsThatCannotBeWorkedOnAreAnsweredAndTheWorkerGoesOn() throws Exception {
        // When
        request("no-such-preset", DATASET, "enormous", Map.of());
        request("no-such-dataset", "nowhere", "smoke", Map.of());
        request("bad-override", DATASET, "smoke", Map.of("epochs", "many"));
        send(Topics.CLASSIFIER_TRAINING_REQUESTS, "garbage", new byte[] {1, 2, 3});
        request(MODEL, DATASET, "smoke", TINY);

        // Then
        assertRejected("no-such-preset", RefusalCode.UNKNOWN_PRESET, "seeds, fast, demo, smoke");
        assertRejected("no-such-dataset", RefusalCode.UNKNOWN_DATASET, "nowhere");
        assertRejected("bad-override", RefusalCode.INVALID_PARAMETER, "epochs");
        assertThat(code(await(() -> deadLetter("garbage")))).isEqualTo(RefusalCode.UNDECODABLE.name());
        assertThat(code(await(() -> deadLetter(MODEL)))).isEqualTo(RefusalCode.DUPLICATE_JOB.name());
        send(Topics.IMAGES, "afterwards", npy(4));
        await(() -> classification("afterwards", "inbox"));
    }

    @Test
    @Order(5)
    void theBooksAgree() {
        // Then: images 1 + 4 + 1, samples 3
        Awaitility.await().atMost(PATIENCE).until(() -> counter("received", "images") == 6);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> counter("classified", "images") + counter("refused", "images") == 6);
        assertThat(counter("classified", "images")).isEqualTo(4);
        assertThat(counter("received", "samples")).isEqualTo(3);
        assertThat(counter("classified", "samples")).isEqualTo(3);
        assertThat(counter("refused", "samples")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    @Order(6)
    void imagesAreReadHoweverTheirSenderCompressedThem(String compression) throws Exception {
        // When
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", compression, "linger.ms", 0);
        try (Producer<String, byte[]> sender =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            sender.send(new ProducerRecord<>(Topics.IMAGES.name(), "sent-by-" + compression, npy(5)))
                    .get();
        }

        // Then
        await(() -> classification("sent-by-" + compression, "inbox"));
    }

    @Test
    @Order(7)
    void anOldTimeOfItsSenderDeletesNoImage() throws Exception {
        // Given: retention deletes what is older than 30 days, and a survey sends the time of observation
        Instant before = Instant.now().minusSeconds(1);
        List<Instant> observed = List.of(Instant.EPOCH, Instant.now().minus(Duration.ofDays(10)));

        // When
        for (Instant time : observed) {
            ProducerRecord<String, byte[]> image =
                    new ProducerRecord<>(Topics.IMAGES.name(), null, time.toEpochMilli(), "observed-" + time, npy(6));
            image.headers().add(ImageMessages.SENT_AT_HEADER, time.toString().getBytes(StandardCharsets.UTF_8));
            producer.send(image).get();
        }

        // Then: the log has its own time, and the sender's comes back with the result
        for (Instant time : observed) {
            Classification result = await(() -> classification("observed-" + time, "inbox"));
            assertThat(result.getAttributes()).containsEntry(ImageMessages.SENT_AT_HEADER, time.toString());
        }
        TopicListener images = new TopicListener(bootstrapServers, List.of(Topics.IMAGES.name()));
        try {
            for (Instant time : observed) {
                ConsumerRecord<String, byte[]> image = await(() -> images.on(Topics.IMAGES.name()).stream()
                        .filter(record -> ("observed-" + time).equals(record.key()))
                        .findFirst());
                assertThat(Instant.ofEpochMilli(image.timestamp())).isAfter(before);
            }
        } finally {
            images.close();
        }
    }

    @Test
    @Order(8)
    void whatASenderTakesBackWasNeverSentAndWhatItKeepsOpenIsWaitedFor() throws Exception {
        // Given
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "sender-" + Instant.now());
        double received = counter("received", "images");
        try (Producer<String, byte[]> sender =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            sender.initTransactions();

            // When: two are rolled back, one stays open, and another sender's comes behind it
            sender.beginTransaction();
            sender.send(new ProducerRecord<>(Topics.IMAGES.name(), 0, "taken-back-1", npy(7)))
                    .get();
            sender.send(new ProducerRecord<>(Topics.IMAGES.name(), 0, "taken-back-2", npy(8)))
                    .get();
            sender.abortTransaction();
            sender.beginTransaction();
            sender.send(new ProducerRecord<>(Topics.IMAGES.name(), 0, "kept-open", npy(9)))
                    .get();
            producer.send(new ProducerRecord<>(Topics.IMAGES.name(), 0, "behind-it", npy(10)))
                    .get();
            producer.send(new ProducerRecord<>(Topics.IMAGES.name(), 1, "beside-it", npy(11)))
                    .get();

            // Then: only its partition waits
            await(() -> classification("beside-it", "inbox"));
            assertThat(classification("behind-it", "inbox")).isEmpty();
            sender.commitTransaction();
        }
        await(() -> classification("kept-open", "inbox"));
        await(() -> classification("behind-it", "inbox"));
        assertThat(classification("taken-back-1", "inbox")).isEmpty();
        assertThat(classification("taken-back-2", "inbox")).isEmpty();
        Awaitility.await().atMost(PATIENCE).until(() -> counter("received", "images") == received + 3);
        // The gaps of transactions are no records that were never seen.
        assertThat(get(metrics)).contains("lensmill_records_unseen_total{topic=\"" + Topics.IMAGES.name() + "\"} 0.0");
    }

    private void assertRejected(String jobId, RefusalCode code, String detail) {
        JobEvent event = await(() -> end(jobId));
        assertThat(event.getState()).isEqualTo(JobState.REJECTED);
        assertThat(event.getMessage()).contains(detail);
        assertThat(code(await(() -> deadLetter(jobId)))).isEqualTo(code.name());
    }

    private void request(String jobId, String dataset, String preset, Map<String, String> overrides) throws Exception {
        TrainingRequest request = TrainingRequest.newBuilder()
                .setJobId(jobId)
                .setDataset(dataset)
                .setPreset(preset)
                .setOverrides(overrides)
                .setSeed(1)
                .build();
        send(Topics.CLASSIFIER_TRAINING_REQUESTS, jobId, Envelope.encode(request));
    }

    private void sendImage(String id, String collection, String label) throws Exception {
        LensImage image = LensImage.newBuilder()
                .setImageId(id)
                .setCollection(collection)
                .setRole(ImageRole.REAL)
                .setLabel(label)
                .setFormat(ImageFormat.NPY)
                .setPixels(ByteBuffer.wrap(npy(3)))
                .setAttributes(Map.of("telescope", "none"))
                .build();
        send(Topics.IMAGES, id, Envelope.encode(image));
    }

    private void send(Topic topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    }

    private static FloatImage lens(int index) {
        return new LensSimulator(SimulationModel.DEMO.settings().withSize(16)).simulate(LensClass.SPHERE, 99, index);
    }

    private static byte[] npy(int index) {
        return NpyCodec.encode(lens(index));
    }

    private Optional<Classification> classification(String imageId, String collection) {
        return listener.on(Topics.CLASSIFICATIONS.name()).stream()
                .filter(record -> record.key().equals(imageId))
                .map(record -> decode(record, Classification.class))
                .filter(result -> result.getCollection().equals(collection))
                .findFirst();
    }

    private Optional<ConsumerRecord<String, byte[]>> deadLetter(String key) {
        return listener.on(Topics.DEAD_LETTERS.name()).stream()
                .filter(record -> key.equals(record.key()))
                .findFirst();
    }

    private Optional<JobEvent> end(String jobId) {
        return listener.on(Topics.JOBS.name()).stream()
                .filter(record -> record.key().equals(jobId))
                .map(record -> decode(record, JobEvent.class))
                .filter(event -> event.getState() != JobState.ACCEPTED && event.getState() != JobState.RUNNING)
                .findFirst();
    }

    private static String code(ConsumerRecord<String, byte[]> letter) {
        return TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE);
    }

    private static <T extends SpecificRecord> T decode(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Envelope.decode(record.value(), type);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(Supplier<Optional<T>> what) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(what::get, Optional::isPresent)
                .orElseThrow();
    }

    private double counter(String name, String source) {
        String line = "lensmill_images_" + name + "_total{source=\"" + source + "\"}";
        return get(metrics)
                .lines()
                .filter(candidate -> candidate.startsWith(line))
                .mapToDouble(candidate -> Double.parseDouble(candidate.substring(line.length())))
                .sum();
    }

    private static String get(URI uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
