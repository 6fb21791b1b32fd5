package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.classifier.TestDatasets;
import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.classifier.scoring.LoadedModel;
import io.lensmill.classifier.scoring.TinyModels;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.FloatImage;
import io.lensmill.jobs.JobCancelledException;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.Network;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainingJobTest {

    private static final Map<String, String> TINY = Map.of(
            "blocks", "1,1",
            "width", "4",
            "imageSize", "16",
            "batchSize", "8",
            "epochs", "3",
            "dropout", "0.2",
            "checkpointSeconds", "86400");

    private static final ObjectStore STORE = new InMemoryObjectStore();

    private final PublishedModels models = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
    private final List<Classification> classifications = new ArrayList<>();
    private final List<ModelPublished> published = new ArrayList<>();

    private final TrainingEnvironment environment = new TrainingEnvironment(
            STORE,
            network -> Executors.best(ResNet.define(network)),
            models,
            new ComputeLock(),
            new TrainingResults() {
                @Override
                public void publish(List<Classification> batch) {
                    assertThat(published).as("the model is announced last").isEmpty();
                    classifications.addAll(batch);
                }

                @Override
                public void publish(ModelPublished model) {
                    published.add(model);
                }
            },
            Clock.systemUTC());

    @BeforeAll
    static void simulate() throws Exception {
        TestDatasets.simulate(STORE, "tiny", 16, 12, 5);
    }

    @Test
    void aTrainingEndsWithAModelThatCanBeUsedAndItsValidationScores() throws Exception {
        // Given
        TrainingJob job = job("train-1", TINY);
        TestContext context = new TestContext();

        // When
        job.check();
        JobResult result = job.execute(context);

        // Then
        ModelPublished model = published.get(0);
        assertThat(result.results()).containsEntry("modelId", "train-1");
        assertThat(result.metrics())
                .containsKeys(
                        "validationAucMacro", "validationAccuracy", "validationCalibrationError", "validationAuc.vort");
        assertThat(model.getFiles())
                .extracting(file -> file.getName())
                .containsExactly("model.safetensors", "model.json", "foreign.safetensors", "deeplearning4j.zip");
        assertThat(classifications).hasSize(15);
        assertThat(classifications)
                .allSatisfy(
                        one -> assertThat(one.getForeignness().getDistance()).isNotNegative());
        assertThat(classifications).allSatisfy(one -> {
            assertThat(one.getCollection()).isEqualTo("tiny/val");
            assertThat(one.getRole()).isEqualTo(ImageRole.REAL);
            assertThat(one.getImageId()).startsWith("tiny/val/" + one.getLabel() + "/");
        });
        try (LoadedModel loaded = TinyModels.loader(STORE, 1).load(model)) {
            assertThat(classifications.get(0).getExtractorId())
                    .isEqualTo(loaded.identity().extractorId());
            assertThat(loaded.foreign()).isPresent();
        }
    }

    @Test
    void progressTellsEpochsFiguresAndSpeed() throws Exception {
        // Given
        TestContext context = new TestContext();

        // When
        job("train-2", TINY).execute(context);

        // Then
        List<JobProgress> epochs =
                context.reports.stream().filter(JobProgress::important).toList();
        assertThat(epochs).extracting(JobProgress::epoch).containsExactly(1, 2, 3);
        assertThat(epochs).allSatisfy(epoch -> {
            assertThat(epoch.loss()).isPositive();
            assertThat(epoch.metrics())
                    .containsKeys("imagesPerSecond", "trainingLoss", "validationAucMacro", "validationAuc.no");
        });
        assertThat(context.reports.get(context.reports.size() - 1).step())
                .isEqualTo(epochs.get(2).totalSteps())
                .isEqualTo(12);
    }

    @Test
    void theModelCardTellsTheWholeRecipe() throws Exception {
        // When
        job("train-3", TINY).execute(new TestContext());

        // Then
        JsonNode card = new ObjectMapper().readTree(STORE.get(ObjectKey.of("models/train-3/model.json"), 1 << 20));
        assertThat(card.get("settings").get("learningRate").asText()).isNotEmpty();
        assertThat(card.get("settings").get("epochs").asText()).isEqualTo("3");
        assertThat(card.get("learningCurve")).hasSize(3);
        assertThat(card.get("classes")).hasSize(3);
        assertThat(card.get("datasetSha256").asText()).hasSize(64);
    }

    @Test
    void aTrainingThatGetsNoBetterEndsEarlyWithItsBestWeights() throws Exception {
        // Given
        Map<String, String> impatient = new HashMap<>(TINY);
        impatient.put("epochs", "200");
        impatient.put("earlyStoppingEpochs", "2");
        TestContext context = new TestContext();

        // When
        JobResult result = job("impatient", impatient).execute(context);

        // Then
        List<JobProgress> epochs =
                context.reports.stream().filter(JobProgress::important).toList();
        assertThat(epochs).hasSizeLessThan(200);
        assertThat(result.metrics().get("epoch")).isEqualTo(epochs.size() - 2.0);
        assertThat(published).hasSize(1);
    }

    @Test
    void anInterruptedTrainingEndsWithTheSameWeightsAsOneThatNeverStopped() throws Exception {
        // Given
        job("whole", TINY).execute(new TestContext());
        byte[] expected = weightsOf("whole");

        // When: stopped in the middle of an epoch, at the end of one, and once more before anything was done
        for (int steps : new int[] {3, 0, 5, 1}) {
            assertThatThrownBy(() -> job("broken", TINY).execute(TestContext.interruptedAfter(steps)))
                    .isInstanceOf(JobInterruptedException.class);
        }
        published.clear();
        JobResult result = job("broken", TINY).execute(new TestContext());

        // Then
        assertThat(weightsOf("broken")).isEqualTo(expected);
        assertThat(result.metrics()).containsKey("epoch");
    }

    @Test
    void aCheckpointOfOtherSettingsIsNotGoneOnWith() {
        // Given
        Map<String, String> others = new HashMap<>(TINY);
        others.put("learningRate", "0.005");
        assertThatThrownBy(() -> job("mixed", TINY).execute(TestContext.interruptedAfter(2)))
                .isInstanceOf(JobInterruptedException.class);

        // When / Then
        assertThatThrownBy(() -> job("mixed", others).execute(new TestContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it was made with learningRate=0.02, the request and its dataset now give"
                        + " learningRate=0.005. Send the request under a new jobId.");
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefusedInTheSameWords() {
        // Given
        Map<String, String> wider = new HashMap<>(TINY);
        wider.put("width", "8");
        assertThatThrownBy(() -> job("resized", TINY).execute(TestContext.interruptedAfter(2)))
                .isInstanceOf(JobInterruptedException.class);

        // When / Then
        assertThatThrownBy(() -> job("resized", wider).execute(new TestContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("width=4")
                .hasMessageContaining("new jobId");
    }

    @Test
    void theRecipeInACheckpointIsWrittenAsBySoftwareOfBefore() throws Exception {
        // When
        assertThatThrownBy(() -> job("kept", TINY).execute(TestContext.interruptedAfter(2)))
                .isInstanceOf(JobInterruptedException.class);

        // Then: an upgraded worker must find its own words in checkpoints of any version
        Map<String, String> notes = Safetensors.read(STORE.get(BucketLayout.checkpoint("kept"), 1 << 24))
                .metadata();
        assertThat(notes.get("recipe"))
                .startsWith("augmentation=dihedral batchSize=8 blocks=1,1 bottleneck=false checkpointSeconds=86400"
                        + " dropout=0.2 earlyStoppingEpochs=0 epochs=3 imageSize=16 ")
                .matches(".* width=4 seed=42 startFrom=null data=[0-9a-f]{64}");
    }

    @Test
    void aTrainingThatDivergesGoesBackWithHalfTheLearningRateAndAfterThreeTimesFails() {
        // Given: weights that break at every step
        TestContext context = new TestContext();
        TrainingEnvironment broken = withNetworks(TrainingJobTest::breaking);

        // When, Then
        assertThatThrownBy(() -> new TrainingJob(request("wild", "tiny", "smoke", TINY), broken).execute(context))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("halved 3 times")
                .hasMessageContaining("lower learningRate");
        assertThat(context.reports.stream()
                        .map(JobProgress::message)
                        .filter(message -> message != null && message.contains("times the learning rate")))
                .hasSize(3)
                .first()
                .asString()
                .contains("back to step 0, on with 0.5 times");
        assertThat(published).isEmpty();
    }

    @Test
    void scoresThatAreNoNumbersAreADivergenceAndNotFigures() {
        // Given: a network that learns, and gives no number when it is asked
        TrainingEnvironment silent = withNetworks(TrainingJobTest::scoringNaN);

        // When, Then
        assertThatThrownBy(() ->
                        new TrainingJob(request("silent", "tiny", "smoke", TINY), silent).execute(new TestContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A score of the validation split is NaN after step 4")
                .hasMessageContaining("halved 3 times");
        assertThat(published).isEmpty();
    }

    @Test
    void aCancelledTrainingStops() {
        assertThatThrownBy(() -> job("cancelled", TINY).execute(TestContext.cancelledAfter(2)))
                .isInstanceOf(JobCancelledException.class)
                .hasMessage("enough");
        assertThat(published).isEmpty();
    }

    @Test
    void aTrainingGoesOnFromAPublishedModel() throws Exception {
        // Given
        models.complete();
        job("base", TINY).execute(new TestContext());
        models.accept(published.get(0));
        published.clear();
        TrainingRequest request = request("tuned", "tiny", "smoke", TINY);
        request.setStartFrom("base");

        // When
        TrainingJob job = new TrainingJob(request, environment);
        job.check();
        job.execute(new TestContext());

        // Then
        assertThat(weightsOf("tuned")).isNotEqualTo(weightsOf("base"));
    }

    @Test
    void aTrainingThatGoesOnFromAModelHasItsNetworkWhateverThePresetSays() throws Exception {
        // Given
        models.complete();
        job("narrow", TINY).execute(new TestContext());
        models.accept(published.get(0));
        published.clear();
        TrainingRequest request = request("further", "tiny", "few-labels", Map.of("batchSize", "8"));
        request.setStartFrom("narrow");

        // When
        TrainingJob job = new TrainingJob(request, environment);
        job.check();
        job.execute(new TestContext());

        // Then
        assertThat(published.get(0).getInputSize()).isEqualTo(16);
        assertThat(published.get(0).getPreprocessing()).isEqualTo("minmax-v1");
        assertThat(published.get(0).getNetwork()).contains("\"width\":4");
    }

    @Test
    void aFewLabelledImagesAreLearnedBesideTheDataset() throws Exception {
        // Given: images that look like no lens
        TestDatasets.write(STORE, "mine", Map.of("train/no/a.npy", 1, "train/vort/b.npy", 4));
        models.complete();
        job("ignorant", TINY).execute(new TestContext());
        models.accept(published.get(0));
        published.clear();
        Map<String, String> settings =
                Map.of("epochs", "20", "learningRate", "0.02", "labelledShare", "0.5", "batchSize", "8");
        TrainingRequest request = request("taught", "tiny", "few-labels", settings);
        request.setStartFrom("ignorant");
        request.setLabelledDataset("mine");

        // When
        TrainingJob job = new TrainingJob(request, environment);
        job.check();
        job.execute(new TestContext());

        // Then
        try (LoadedModel taught = TinyModels.loader(STORE, 1).load(published.get(0))) {
            assertThat(predicted(taught, 1)).isEqualTo("no");
            assertThat(predicted(taught, 4)).isEqualTo("vort");
        }
        JsonNode card = new ObjectMapper().readTree(STORE.get(ObjectKey.of("models/taught/model.json"), 1 << 20));
        assertThat(card.get("labelledDataset").asText()).isEqualTo("mine");
    }

    @Test
    void theStatisticsOfNormalisationCanBeThoseOfOtherImages() throws Exception {
        // Given
        TestDatasets.write(STORE, "unlabelled", Map.of("a.npy", 1, "b.npy", 4));
        models.complete();
        job("plain", TINY).execute(new TestContext());
        models.accept(published.get(0));
        published.clear();
        TrainingRequest request = request("adapted", "tiny", "few-labels", Map.of("epochs", "0"));
        request.setStartFrom("plain");
        request.setAdaptTo("unlabelled");

        // When
        TrainingJob job = new TrainingJob(request, environment);
        job.check();
        JobResult result = job.execute(new TestContext());

        // Then: the statistics are others, no weight is
        Map<String, Tensor> before = tensorsOf("plain");
        Map<String, Tensor> after = tensorsOf("adapted");
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after).allSatisfy((name, tensor) -> {
            boolean same = Arrays.equals(tensor.values(), before.get(name).values());
            assertThat(same).as(name).isEqualTo(!name.contains("running_"));
        });
        assertThat(result.metrics().get("validationLoss"))
                .isNotNull()
                .isEqualTo(published.get(0).getMetrics().get("validationLoss"));
    }

    private static Map<String, Tensor> tensorsOf(String modelId) throws Exception {
        byte[] file = STORE.get(ObjectKey.of("models/" + modelId + "/model.safetensors"), 1 << 24);
        return Safetensors.read(file).tensors();
    }

    private static String predicted(LoadedModel model, int stripes) {
        FloatImage image = model.prepare(TestDatasets.stripes(16, stripes));
        return TinyModels.CLASSES.get(model.score(0, List.of(image)).get(0).predicted());
    }

    @Test
    void furtherImagesThatAreNotThereAreRefused() throws Exception {
        // Given
        TestDatasets.write(STORE, "no-class", Map.of("a.npy", 2));
        TrainingRequest absent = request("j", "tiny", "smoke", TINY);
        absent.setLabelledDataset("absent");
        TrainingRequest unlabelled = request("j", "tiny", "smoke", TINY);
        unlabelled.setLabelledDataset("no-class");
        TrainingRequest escaping = request("j", "tiny", "smoke", TINY);
        escaping.setAdaptTo("../x");

        // When / Then
        assertRefused(absent, RefusalCode.UNKNOWN_DATASET, "labelledDataset");
        assertRefused(unlabelled, RefusalCode.UNKNOWN_DATASET, "none of the 1 images of 'no-class'");
        assertRefused(escaping, RefusalCode.INVALID_PARAMETER, "adaptTo");
    }

    @Test
    void weightsFromElsewhereArePublishedAsTheyAreWithFiguresOfTheirOwn() throws Exception {
        // Given
        job("origin", TINY).execute(new TestContext());
        STORE.put(
                ObjectKey.of("imports/brought.safetensors"),
                STORE.get(ObjectKey.of("models/origin/model.safetensors"), 1 << 24));
        published.clear();
        Map<String, String> settings = new HashMap<>(TINY);
        settings.put("epochs", "0");
        TrainingRequest request = request("brought", "tiny", "smoke", settings);
        request.setStartFrom("imports/brought.safetensors");

        // When
        TrainingJob job = new TrainingJob(request, environment);
        job.check();
        JobResult result = job.execute(new TestContext());

        // Then
        assertThat(weightsOf("brought")).isEqualTo(weightsOf("origin"));
        assertThat(published).hasSize(1);
        assertThat(result.message()).contains("imports/brought.safetensors, as they were");
        assertThat(result.metrics()).containsKey("validationAucMacro").doesNotContainKey("trainingLoss");
    }

    @Test
    void weightsThatDoNotFitAreRefusedWithTheReason() throws Exception {
        STORE.put(ObjectKey.of("imports/text.safetensors"), "no weights".getBytes(StandardCharsets.UTF_8));
        STORE.put(
                ObjectKey.of("imports/other.safetensors"),
                Safetensors.write(Map.of("fc.weight", Tensor.zeros(3, 3)), Map.of()));
        for (List<String> wrong : List.of(
                List.of("imports/none.safetensors", "OBJECT_NOT_FOUND", "imports/none"),
                List.of("imports/../secrets", "INVALID_PARAMETER", "startFrom"),
                List.of("imports/text.safetensors", "INVALID_PARAMETER", "does not fit"),
                List.of("imports/other.safetensors", "INVALID_PARAMETER", "no tensor named conv1.0.weight"))) {
            TrainingRequest request = request("j", "tiny", "smoke", TINY);
            request.setStartFrom(wrong.get(0));

            assertRefused(request, RefusalCode.valueOf(wrong.get(1)), wrong.get(2));
        }
        assertRefused(request("j", "tiny", "smoke", Map.of("epochs", "0")), RefusalCode.INVALID_PARAMETER, "startFrom");
    }

    @Test
    void requestsThatCannotBeWorkedOnAreRefusedWithTheReason() throws Exception {
        models.complete();
        models.accept(TinyModels.publish(STORE, "other-network", 1, Instant.EPOCH));
        TrainingRequest unfit = request("j", "tiny", "demo", Map.of());
        unfit.setStartFrom("other-network");
        unfit.setOverrides(Map.of("width", "8"));
        TrainingRequest unknown = request("j", "tiny", "demo", Map.of());
        unknown.setStartFrom("nobody");

        assertRefused(request("j", "absent", "demo", Map.of()), RefusalCode.UNKNOWN_DATASET, "absent");
        assertRefused(request("j", "../x", "demo", Map.of()), RefusalCode.INVALID_PARAMETER, "dataset");
        assertRefused(request("j", "tiny", "huge", Map.of()), RefusalCode.UNKNOWN_PRESET, "seeds");
        assertRefused(request("j", "tiny", "demo", Map.of("epochs", "-1")), RefusalCode.INVALID_PARAMETER, "epochs");
        assertRefused(unfit, RefusalCode.INVALID_PARAMETER, "same network");
        assertRefused(unknown, RefusalCode.UNKNOWN_MODEL, "startFrom");
    }

    @Test
    void aDatasetWithoutValidationImagesIsRefused() throws Exception {
        // Given
        TestDatasets.simulate(STORE, "train-only", 16, 2, 0);

        // When / Then
        assertRefused(request("j", "train-only", "demo", Map.of()), RefusalCode.UNKNOWN_DATASET, "val");
    }

    private void assertRefused(TrainingRequest request, RefusalCode code, String detail) {
        assertThatThrownBy(() -> new TrainingJob(request, environment).check())
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(detail);
    }

    private TrainingJob job(String jobId, Map<String, String> overrides) {
        return new TrainingJob(request(jobId, "tiny", "smoke", overrides), environment);
    }

    private static TrainingRequest request(String jobId, String dataset, String preset, Map<String, String> overrides) {
        return TrainingRequest.newBuilder()
                .setJobId(jobId)
                .setDataset(dataset)
                .setPreset(preset)
                .setOverrides(overrides)
                .setSeed(42)
                .build();
    }

    private TrainingEnvironment withNetworks(UnaryOperator<Network> change) {
        return new TrainingEnvironment(
                STORE,
                network -> change.apply(Executors.best(ResNet.define(network))),
                models,
                new ComputeLock(),
                environment.results(),
                Clock.systemUTC());
    }

    /** A network whose logits are NaN in inference. */
    private static Network scoringNaN(Network network) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(network, arguments);
                    if (method.getName().equals("infer")) {
                        Arrays.fill(((Tensor) ((Map<?, ?>) answer).get("logits")).values(), Float.NaN);
                    }
                    return answer;
                });
    }

    /** A network whose weights turn to NaN before every step. */
    private static Network breaking(Network network) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forward")) {
                        network.parameters().values().assign(Float.NaN);
                        network.parameters().markChanged();
                    }
                    return method.invoke(network, arguments);
                });
    }

    /** The tensors alone: the header names the model. */
    private static byte[] weightsOf(String modelId) throws Exception {
        byte[] file = STORE.get(ObjectKey.of("models/" + modelId + "/model.safetensors"), 1 << 24);
        int header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Arrays.copyOfRange(file, 8 + header, file.length);
    }
}
