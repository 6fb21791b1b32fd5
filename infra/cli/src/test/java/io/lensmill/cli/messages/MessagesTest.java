package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.Lensmill;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.reports.SampleEvents;
import io.lensmill.reports.SampleReports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a real broker; the workers' answers are written by the tests. */
class MessagesTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static Broker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        broker = Broker.connect(KafkaServers.at(kafka.bootstrapServers()), Topics.ALL);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        kafka.close();
    }

    @Test
    void trainSendsTheRequestAndReturnsWhenTheJobHasSucceeded() throws Exception {
        // Given
        CompletableFuture<ConsumerRecord<String, byte[]>> request = answer(
                broker.readFromNow(Topics.CLASSIFIER_TRAINING_REQUESTS), "train-1", JobState.SUCCEEDED, "Well done.");
        // When
        int exit = run(
                "train",
                "classifier",
                "--dataset",
                "lenses",
                "--preset",
                "smoke",
                "--set",
                "epochs=2",
                "--seed",
                "7",
                "--job-id",
                "train-1",
                "--wait");
        // Then
        TrainingRequest sent = Envelope.decode(request.get().value(), TrainingRequest.class);
        assertThat(sent.getDataset()).isEqualTo("lenses");
        assertThat(sent.getOverrides()).isEqualTo(Map.of("epochs", "2"));
        assertThat(sent.getSeed()).isEqualTo(7);
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Job train-1 succeeded. Well done.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void topicsAreReadHoweverTheirSenderCompressedThem(String compression) throws Exception {
        // Given
        TopicReader images = broker.readFromNow(Topics.IMAGES);
        byte[] image = new byte[16 * 1024];
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "compression.type", compression);
        // When
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.IMAGES.name(), compression, image))
                    .get();
        }
        // Then
        assertThat(next(images, compression).value()).isEqualTo(image);
    }

    @Test
    void rejectedJobEndsWithCode1AndTheWorkersReason() throws Exception {
        // Given
        CompletableFuture<ConsumerRecord<String, byte[]>> request = answer(
                broker.readFromNow(Topics.GENERATION_REQUESTS), "generate-1", JobState.REJECTED, "No such model.");
        // When
        int exit = run("generate", "--count", "4", "--sampler", "ddpm", "--job-id", "generate-1", "--wait");
        // Then
        assertThat(request.get().key()).isEqualTo("generate-1");
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("Job generate-1 ended as REJECTED: No such model.");
    }

    @Test
    void eventsThatCannotBeReadAndEndsOfKeysDoNotEndTheWaitingForAJob() throws Exception {
        // Given
        TopicReader requests = broker.readFromNow(Topics.CLASSIFIER_TRAINING_REQUESTS);
        CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> {
            next(requests, "train-odd");
            broker.enqueue(Topics.JOBS, "train-odd", new byte[] {1, 2, 3}, Map.of());
            broker.enqueue(Topics.JOBS, "train-odd", null, Map.of());
            broker.enqueue(Topics.JOBS, "train-odd", new byte[] {4}, Map.of());
            broker.send(
                    Topics.JOBS,
                    "train-odd",
                    SampleEvents.event(
                            "train-odd", JobState.SUCCEEDED, 900, 0.1, "Well\u001b[2J\u202e done.\nJob x succeeded."));
        });
        // When
        int exit = run("train", "classifier", "--dataset", "lenses", "--job-id", "train-odd", "--wait");
        // Then
        worker.get();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("Job train-odd succeeded. Well<U+001B>[2J<U+202E> done.<U+000A>Job x succeeded.");
        assertThat(err.toString()).containsOnlyOnce("passed over a record of lensmill.jobs");
        assertThat(run("jobs")).isZero();
    }

    @Test
    void generateFillsTheRequest() throws Exception {
        // Given
        TopicReader requests = broker.readFromNow(Topics.GENERATION_REQUESTS);
        // When
        run("generate", "--count", "4", "--eta", "0.5", "--reference", "demo/real", "--job-id", "generate-2");
        // Then
        GenerationRequest sent = Envelope.decode(next(requests, "generate-2").value(), GenerationRequest.class);
        assertThat(sent.getEta()).isEqualTo(0.5);
        assertThat(sent.getReference()).isEqualTo("demo/real");
        assertThat(sent.getModelId()).isEqualTo("latest");
        assertThat(sent.getSpacing()).isEqualTo(StepSpacing.AS_TRAINED);
        requests.close();
    }

    @Test
    void publishWaitsForBothOutcomes() throws Exception {
        // Given: a whole image, and a broken one that is named on purpose
        Path lens = Files.createDirectories(folder.resolve("night/sphere")).resolve("lens.npy");
        Files.write(lens, NpyCodec.encode(new FloatImage(8, 8, new float[64])));
        Path broken = Files.writeString(folder.resolve("night/notes.txt"), "no image");
        TopicReader images = broker.readFromNow(Topics.IMAGES);
        CompletableFuture<List<LensImage>> worker =
                CompletableFuture.supplyAsync(() -> classifyOrRefuse(images, "sphere/lens.npy", "notes.txt"));
        // When
        int exit = run(
                "publish",
                folder.resolve("night").toString(),
                broken.toString(),
                "--collection",
                "test/night",
                "--labels-from-folders",
                "--wait",
                "--timeout",
                "30");
        // Then
        assertThat(worker.get().get(0).getLabel()).isEqualTo("sphere");
        assertThat(worker.get().get(0).getCollection()).isEqualTo("test/night");
        assertThat(out.toString()).contains("1 classified, 1 refused.").contains("notes.txt: UNDECODABLE: No image.");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void classifyPrintsWhatTheWorkersSayAndPinsTheModel() throws Exception {
        // Given
        Path lens = folder.resolve("asked.npy");
        Files.write(lens, NpyCodec.encode(new FloatImage(8, 8, new float[64])));
        Path broken = Files.writeString(folder.resolve("asked.txt"), "no image");
        TopicReader images = broker.readFromNow(Topics.IMAGES);
        CompletableFuture<List<LensImage>> worker =
                CompletableFuture.supplyAsync(() -> classifyOrRefuse(images, "asked.npy", "asked.txt"));
        // When
        int exit = run("classify", lens.toString(), broken.toString(), "--model", "m", "--timeout", "30");
        // Then
        assertThat(worker.get().get(0).getModelId()).isEqualTo("m");
        assertThat(worker.get().get(0).getCollection()).startsWith("cli/classify-");
        assertThat(out.toString())
                .contains("model m")
                .containsPattern("asked.npy +sphere")
                .contains("asked.txt: UNDECODABLE: No image.");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void reportShowsTheNewestOfEachCollection() {
        // Given
        MetricReport first = SampleReports.classificationReport();
        MetricReport second = MetricReport.newBuilder(first).setSequence(8).build();
        broker.send(Topics.REPORTS, "demo-classifier/demo/held-out", first);
        broker.send(Topics.REPORTS, "demo-classifier/demo/held-out", second);
        // When
        int exit = run("report", "--collection", "demo/held-out");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("report 8")
                .doesNotContain("report 7")
                .contains("AUC macro");
    }

    @Test
    void jobsListsTheNewestEventOfEachJob() {
        // Given
        broker.send(Topics.JOBS, "listed", SampleEvents.event("listed", JobState.RUNNING, 3, 0.5, ""));
        broker.send(Topics.JOBS, "listed", SampleEvents.event("listed", JobState.FAILED, 4, 0.5, "Out of luck."));
        // When
        int exit = run("jobs");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).containsPattern("listed +failed +4/900").contains("    Out of luck.");
    }

    @Test
    void clusterThatDoesNotAnswerIsNamed() {
        // When: port 1 is never open
        int exit = Lensmill.commandLine()
                .setErr(new PrintWriter(err))
                .execute("jobs", "--bootstrap-servers", "127.0.0.1:1");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("Kafka at 127.0.0.1:1 does not answer");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        return Lensmill.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    /** Plays a worker: takes the job's request and tells how the job ended. */
    private static CompletableFuture<ConsumerRecord<String, byte[]>> answer(
            TopicReader requests, String jobId, JobState end, String message) {
        return CompletableFuture.supplyAsync(() -> {
            try (requests) {
                ConsumerRecord<String, byte[]> request = next(requests, jobId);
                broker.send(Topics.JOBS, jobId, SampleEvents.event(jobId, JobState.RUNNING, 450, 0.7, ""));
                broker.send(Topics.JOBS, jobId, SampleEvents.event(jobId, end, 900, 0.1, message));
                return request;
            }
        });
    }

    private static List<LensImage> classifyOrRefuse(TopicReader images, String whole, String broken) {
        try (images) {
            List<LensImage> seen = new ArrayList<>();
            ConsumerRecord<String, byte[]> first = next(images, whole);
            LensImage image = ImageMessages.decode(
                    first.key(), first.value(), TextHeaders.of(first.headers()), FileFormat::inMessages);
            seen.add(image);
            broker.enqueue(Topics.CLASSIFICATIONS, "stranger", new byte[] {9}, Map.of());
            broker.enqueue(Topics.CLASSIFICATIONS, "stranger", null, Map.of());
            broker.send(Topics.CLASSIFICATIONS, whole, classification(image));
            broker.enqueue(
                    Topics.DEAD_LETTERS,
                    broken,
                    new byte[] {1},
                    Map.of(
                            DeadLetterHeaders.TOPIC, Topics.IMAGES.name(),
                            DeadLetterHeaders.REASON_CODE, "UNDECODABLE",
                            DeadLetterHeaders.REASON_DETAIL, "No image."));
            broker.flush();
            return seen;
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConsumerRecord<String, byte[]> next(TopicReader reader, String key) {
        for (int look = 0; look < 100; look++) {
            for (ConsumerRecord<String, byte[]> message : reader.poll(Duration.ofMillis(200))) {
                if (key.equals(message.key())) {
                    return message;
                }
            }
        }
        throw new AssertionError("No message with key " + key);
    }

    private static Classification classification(LensImage image) {
        return Classification.newBuilder()
                .setResultId("r")
                .setImageId(image.getImageId())
                .setCollection(image.getCollection())
                .setRole(ImageRole.REAL)
                .setModelId("m")
                .setExtractorId("e")
                .setScores(List.of())
                .setPredictedClass("sphere")
                .setEmbedding(ByteBuffer.allocate(0))
                .setEmbeddingSize(0)
                .setClassifiedAt(SampleEvents.TIME)
                .build();
    }
}
