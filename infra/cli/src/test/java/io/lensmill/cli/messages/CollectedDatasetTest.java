package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.Lensmill;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.DatasetFile;
import io.lensmill.imaging.dataset.DatasetIndex;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published images and their labels become a dataset, against a real broker and a real store. */
class CollectedDatasetTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedObjectStore objects;
    private static Broker broker;
    private static ObjectStore store;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void publish() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        broker = Broker.connect(KafkaServers.at(kafka.bootstrapServers()), Topics.ALL);
        objects = EmbeddedObjectStore.start(Files.createDirectories(folder.resolve("store")));
        store = MinioObjectStore.connect(objects.settings());

        // Of the collection: brought its label; labelled later; labelled twice; by object key; without a label; broken.
        sendEnveloped("brought", "survey/a", "no_sub", npy(1));
        sendBare("night 1/later", "survey/a", npy(2));
        sendBare("changed", "survey/a", npy(3));
        store.put(ObjectKey.of("elsewhere/by-key.npy"), npy(4));
        sendByKey("by-key", "survey/a", "elsewhere/by-key.npy");
        sendByKey("gone", "survey/a", "elsewhere/gone.npy");
        sendBare("unlabelled", "survey/a", npy(5));
        sendBare("no-such-class", "survey/a", npy(6));
        broker.enqueue(Topics.IMAGES, "broken", new byte[] {1, 2, 3}, Map.of("collection", "survey/a"));
        // Of another one.
        sendBare("later", "survey/b", npy(7));
        sendEnveloped("only-b", "survey/b", null, npy(8));

        label("night 1/later", null, "vort", 1);
        label("changed", "survey/a", "no", 2);
        label("changed", "survey/a", "sphere", 3);
        label("changed", "survey/a", "vort", 1);
        label("brought", "survey/a", "sphere", 1);
        label("by-key", "survey/a", "sphere", 1);
        label("gone", "survey/a", "sphere", 1);
        label("unlabelled", "survey/b", "sphere", 1);
        label("no-such-class", "survey/a", "galaxy", 1);
        broker.flush();
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
        kafka.close();
        objects.close();
    }

    @Test
    void holdsTheImagesWithTheLabelsThatTheyBroughtOrThatCameLater() throws Exception {
        // When
        int exit = run("collect", "survey/a", "--dataset", "all-of-a");

        // Then
        DatasetIndex index = new DatasetRepository(store).index("all-of-a");
        assertThat(exit).isZero();
        assertThat(levels("all-of-a"))
                .containsExactlyInAnyOrder("no 1", "vort 2", "sphere 3", "sphere 4", "- 5", "- 6");
        assertThat(index.files()).noneMatch(DatasetFile::validation);
        assertThat(out.toString())
                .contains("Dataset all-of-a: 6 images of collection survey/a (1 no, 2 sphere, 1 vort), 2 without a"
                        + " class; 1 left out.");
    }

    @Test
    void leavesOutWhatHasNoClassWhenAsked() throws Exception {
        // When
        int exit = run("collect", "survey/a", "--dataset", "labelled-of-a", "--labelled-only");

        // Then
        assertThat(exit).isZero();
        assertThat(levels("labelled-of-a")).containsExactlyInAnyOrder("no 1", "vort 2", "sphere 3", "sphere 4");
    }

    @Test
    void aCollectionWithoutImagesOrLabelsIsAnErrorThatSaysWhatToDo() {
        assertThat(run("collect", "survey/none", "--dataset", "x")).isEqualTo(1);
        assertThat(run("collect", "survey/b", "--dataset", "x", "--labelled-only"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("No image of the collection 'survey/none' stands on the images topic")
                .contains("None of the 2 images of the collection 'survey/b' has a label that is a class.")
                .contains("lensmill label FILE --collection survey/b");
    }

    @Test
    void trainCollectsThemAndGoesOnWithTheModelsOwnDataset() throws Exception {
        // Given
        broker.send(Topics.MODELS, "start", model("start", "simulated"));
        TopicReader requests = broker.readFromNow(Topics.CLASSIFIER_TRAINING_REQUESTS);

        // When
        int exit = run(
                "train",
                "classifier",
                "--start-from",
                "start",
                "--preset",
                "few-labels",
                "--labelled-collection",
                "survey/a",
                "--adapt-to-collection",
                "survey/b",
                "--job-id",
                "tuned");

        // Then
        TrainingRequest request = null;
        for (int patience = 0; request == null && patience < 20; patience++) {
            for (ConsumerRecord<String, byte[]> record : requests.poll(Duration.ofSeconds(1))) {
                request = Envelope.decode(record.value(), TrainingRequest.class);
            }
        }
        requests.close();
        assertThat(exit).isZero();
        assertThat(request.getDataset()).isEqualTo("simulated");
        assertThat(request.getStartFrom()).isEqualTo("start");
        assertThat(request.getLabelledDataset()).isEqualTo("tuned-labelled");
        assertThat(request.getAdaptTo()).isEqualTo("tuned-adapt-to");
        assertThat(levels("tuned-labelled")).hasSize(4);
        assertThat(levels("tuned-adapt-to")).containsExactlyInAnyOrder("- 7", "- 8");
    }

    /** Class and brightest pixel of each image. */
    private static List<String> levels(String dataset) throws Exception {
        DatasetRepository repository = new DatasetRepository(store);
        List<String> levels = new ArrayList<>();
        for (DatasetFile file : repository.index(dataset).files()) {
            byte[] content = store.get(ObjectKey.of("datasets/" + dataset + "/" + file.path()), 10_000);
            float level = NpyCodec.decode(content).pixels()[0];
            levels.add(
                    (file.lensClass().isEmpty() ? "-" : file.lensClass().get().label()) + " " + (int) level);
        }
        assertThat(repository.load(dataset, Preprocessing.MINMAX_V1, 16).allImages())
                .hasSameSizeAs(levels);
        return levels;
    }

    private static byte[] npy(int level) {
        float[] pixels = new float[256];
        pixels[0] = level;
        return NpyCodec.encode(new FloatImage(16, 16, pixels));
    }

    private static void sendEnveloped(String id, String collection, String label, byte[] file) {
        send(LensImage.newBuilder()
                .setImageId(id)
                .setCollection(collection)
                .setRole(ImageRole.REAL)
                .setFormat(ImageFormat.NPY)
                .setLabel(label)
                .setPixels(ByteBuffer.wrap(file))
                .build());
    }

    private static void sendByKey(String id, String collection, String objectKey) {
        send(LensImage.newBuilder()
                .setImageId(id)
                .setCollection(collection)
                .setRole(ImageRole.REAL)
                .setFormat(ImageFormat.NPY)
                .setObjectKey(objectKey)
                .build());
    }

    private static void send(LensImage image) {
        broker.enqueue(Topics.IMAGES, image.getImageId(), Envelope.encode(image), Map.of());
    }

    private static void sendBare(String id, String collection, byte[] file) {
        broker.enqueue(Topics.IMAGES, id, file, Map.of("collection", collection));
    }

    private static void label(String id, String collection, String label, int minute) {
        ImageLabel message = ImageLabel.newBuilder()
                .setImageId(id)
                .setCollection(collection)
                .setLabel(label)
                .setLabelledAt(Instant.EPOCH.plusSeconds(60L * minute))
                .build();
        broker.enqueue(Topics.LABELS, id, Envelope.encode(message), Map.of());
    }

    private static ModelPublished model(String id, String dataset) {
        return ModelPublished.newBuilder()
                .setModelId(id)
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork("{}")
                .setObjectPrefix("models/" + id + "/")
                .setFiles(List.of())
                .setInputSize(64)
                .setPreprocessing("detail-v1")
                .setDataset(dataset)
                .setDatasetSha256("0".repeat(64))
                .setCreatedAt(Instant.EPOCH)
                .setCodeVersion("test")
                .setJobId(id)
                .build();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--s3-endpoint",
                objects.settings().endpoint()));
        all.addAll(List.of("--s3-access-key", objects.settings().accessKey()));
        all.addAll(List.of("--s3-secret-key", objects.settings().secretKey()));
        all.addAll(List.of("--s3-bucket", objects.settings().bucket()));
        return Lensmill.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
