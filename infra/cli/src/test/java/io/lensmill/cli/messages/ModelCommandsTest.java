package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.Lensmill;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Topics;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about models against a real broker and a real store. */
class ModelCommandsTest {

    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedObjectStore objects;
    private static Broker broker;
    private static ObjectStore store;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startServers() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        broker = Broker.connect(KafkaServers.at(kafka.bootstrapServers()), Topics.ALL);
        objects = EmbeddedObjectStore.start(Files.createDirectories(folder.resolve("store")));
        store = MinioObjectStore.connect(objects.settings());
        publish("older", 1);
        publish("newer", 2);
    }

    @AfterAll
    static void stopServers() throws IOException {
        broker.close();
        kafka.close();
        objects.close();
    }

    @Test
    void modelsAreListedNewestFirstWithinEightyColumns() {
        // When
        int exit = run("models");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .startsWith(
                        """
                        newer
                            resnet 2-2-2-2 x16, 64 px, 1970-01-01 00:00, AUC 0.9876, accuracy 0.9500
                        older
                        """);
    }

    @Test
    void modelsAsJsonIsAnArrayOfTheAnnouncements() throws Exception {
        // When
        run("models", "--json");
        // Then
        assertThat(new ObjectMapper().readTree(out.toString()).findValuesAsText("modelId"))
                .containsSubsequence("newer", "older");
    }

    @Test
    void showTellsAllOfOneModel() {
        // When
        int exit = run("model", "show", "older");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("preprocessing                detail-v1")
                .contains("classes                      no, sphere, vort")
                .contains("validationAucMacro           0.9876")
                .contains("model.safetensors")
                .doesNotContain("newer");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void aWrongIdIsAnsweredWithThoseThereAre() {
        assertThat(run("model", "show", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("no published model 'nobody'").contains("newer, older");
    }

    @Test
    void exportWritesTheFormatAskedForAndReplacesNothingUnasked() throws Exception {
        // Given
        Path target = folder.resolve("exported");
        // When
        int first = run("model", "export", "older", "--out", target.toString());
        int second = run("model", "export", "older", "--out", target.toString());
        int forced = run("model", "export", "older", "--format", "all", "--force", "--out", target.toString());
        // Then
        assertThat(List.of(first, second, forced)).containsExactly(0, 1, 0);
        assertThat(err.toString()).contains("--force replaces it");
        assertThat(target.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(target.resolve("model.json")).exists();
        assertThat(target.resolve("deeplearning4j.zip")).exists();
    }

    @Test
    void aModelWhoseFileWasChangedIsNotExported() throws Exception {
        // Given
        publish("damaged", 3);
        store.put(ObjectKey.of("models/damaged/model.safetensors"), "rubbish".getBytes(StandardCharsets.UTF_8));
        Path target = folder.resolve("not-exported");
        // When
        int exit = run("model", "export", "damaged", "--out", target.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("changed or damaged");
        assertThat(target).doesNotExist();
        broker.enqueue(Topics.MODELS, "damaged", null, Map.of());
        broker.flush();
    }

    @Test
    void aModelThatNamesAFileElsewhereIsNotExported() throws Exception {
        // Given
        ModelPublished model = publish("climbing", 4);
        model.getFiles().get(0).setName("../../escaped.safetensors");
        broker.send(Topics.MODELS, "climbing", model);
        Path target = folder.resolve("deep/deeper");
        // When
        int exit = run("model", "export", "climbing", "--out", target.toString());
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("would not lie in");
        broker.enqueue(Topics.MODELS, "climbing", null, Map.of());
        broker.flush();
    }

    private static ModelPublished publish(String modelId, long second) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelRelease.WEIGHTS, WEIGHTS);
        files.put(ModelRelease.DESCRIPTION, "{}".getBytes(StandardCharsets.UTF_8));
        files.put("deeplearning4j.zip", new byte[] {1, 2, 3});
        ModelPublished model = new ModelRelease(store, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC))
                .write(
                        ModelPublished.newBuilder()
                                .setModelId(modelId)
                                .setTask(ModelTask.CLASSIFIER)
                                .setNetwork("{\"architecture\":\"resnet\",\"blocks\":[2,2,2,2],\"width\":16}")
                                .setInputSize(64)
                                .setClasses(List.of("no", "sphere", "vort"))
                                .setEmbeddingSize(128)
                                .setPreprocessing("detail-v1")
                                .setDataset("lenses")
                                .setDatasetSha256("")
                                .setMetrics(Map.of("validationAucMacro", 0.9876, "validationAccuracy", 0.95))
                                .setJobId(modelId),
                        files);
        broker.send(Topics.MODELS, modelId, model);
        return model;
    }

    private int run(String... arguments) {
        StoreSettings settings = objects.settings();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        if (all.contains("export")) {
            all.addAll(List.of(
                    "--s3-endpoint",
                    settings.endpoint(),
                    "--s3-access-key",
                    settings.accessKey(),
                    "--s3-secret-key",
                    settings.secretKey(),
                    "--s3-bucket",
                    settings.bucket(),
                    "--s3-region",
                    settings.region()));
        }
        return Lensmill.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
