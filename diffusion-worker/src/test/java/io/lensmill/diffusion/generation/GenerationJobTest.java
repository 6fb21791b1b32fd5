package io.lensmill.diffusion.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.SampleFormat;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.diffusion.Workbench;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.format.PngCodec;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationJobTest {

    private static final long MAX = 1 << 20;

    private static final Workbench TRAINED = new Workbench();

    private Workbench bench;

    @BeforeAll
    static void train() throws Exception {
        TRAINED.train("model-1");
    }

    @BeforeEach
    void prepare() throws Exception {
        bench = TRAINED.withSameModels();
    }

    @Test
    void streamsBatchesAndEndsWithTheManifest() throws Exception {
        // When
        JobOutcome outcome =
                bench.run(Workbench.generation("job", 10).setReference("real").build());

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(bench.batches).extracting(SampleBatch::getFirstIndex).containsExactly(0, 4, 8);
        assertThat(bench.batches).extracting(SampleBatch::getCount).containsExactly(4, 4, 2);
        assertThat(bench.batches).allSatisfy(batch -> {
            assertThat(batch.getModelId()).isEqualTo("model-1");
            assertThat(batch.getCollection()).isEqualTo("made");
            assertThat(batch.getReference()).isEqualTo("real");
            byte[] array = read(batch.getArrayKey());
            assertThat(Sha256.hex(array)).isEqualTo(batch.getSha256());
            assertThat(NpyCodec.decodeBatch(array)).hasSize(batch.getCount()).allSatisfy(image -> {
                assertThat(image.height()).isEqualTo(8);
                for (float pixel : image.pixels()) {
                    assertThat(pixel).isBetween(0f, 1f);
                }
            });
        });
        assertThat(keys("samples/job/"))
                .containsExactly(
                        "000000.npy", "000001.npy", "000002.npy", "contact-sheet.png", "manifest.json", "plan.json");
        JobEvent end = bench.lastEvent();
        assertThat(end.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(end.getStep()).isEqualTo(10);
        assertThat(end.getResults())
                .containsEntry("manifest", "samples/job/manifest.json")
                .containsEntry("contactSheet", "samples/job/contact-sheet.png")
                .containsEntry("modelId", "model-1");
        assertThat(text("samples/job/manifest.json"))
                .contains(bench.batches.get(2).getSha256())
                .contains("\"reference\" : \"real\"");
    }

    @Test
    void anImageIsTheSameWhateverTheCountAndTheBatchSize() throws Exception {
        // Given
        bench.run(Workbench.generation("long", 18).build());
        bench.batchSizes = new GenerationEnvironment.BatchSizes(7, 1 << 20);

        // When
        bench.run(Workbench.generation("short", 18).setCount(16).build());

        // Then
        float[] one = images("long").get(15).pixels();
        assertThat(images("short").get(15).pixels()).containsExactly(one, within(1e-5f));
        assertThat(images("long").get(14).pixels()).isNotEqualTo(one);
    }

    @Test
    void anImageIsTheSameInHoweverManyLanesItIsMade() throws Exception {
        // Given
        bench.run(Workbench.generation("one-lane", 10).setEta(0.5).build());
        Workbench laned = TRAINED.withSameModels();
        laned.lanes = 3;

        // When
        laned.run(Workbench.generation("three-lanes", 10).setEta(0.5).build());

        // Then
        List<FloatImage> images = images(bench, "one-lane");
        assertThat(images(laned, "three-lanes")).hasSize(10).zipSatisfy(images, GenerationJobTest::assertSame);
    }

    @Test
    void jobsAtTheSameTimeShareAModelAndMakeWhatTheyMakeAlone() throws Exception {
        // Given: networks that go on when both jobs are at work
        GenerationRequest first = Workbench.generation("first", 10).build();
        GenerationRequest second =
                Workbench.generation("second", 7).setSeed(8).setSteps(4).build();
        bench.run(first);
        bench.run(second);
        Workbench together = TRAINED.withSameModels();
        together.onNetworkUse = () -> await().until(() -> together.runner.runningJobs() == 2
                || together.events.stream().anyMatch(event -> event.getState() == JobState.SUCCEEDED));

        // When
        CompletableFuture<JobOutcome> one = CompletableFuture.supplyAsync(() -> together.run(first));
        CompletableFuture<JobOutcome> other = CompletableFuture.supplyAsync(() -> together.run(second));
        CompletableFuture.allOf(one, other).get(60, TimeUnit.SECONDS);

        // Then
        for (String job : List.of("first", "second")) {
            assertThat(images(together, job)).zipSatisfy(images(bench, job), GenerationJobTest::assertSame);
        }
    }

    @Test
    void cancelsAllSlicesOfABatch() {
        // Given
        bench.lanes = 2;
        AtomicInteger passes = new AtomicInteger();
        bench.onNetworkUse = () -> {
            if (passes.incrementAndGet() == 5) {
                bench.cancellations.accept(new CancelRequest("1.0", "job", "enough"));
            }
        };

        // When
        bench.run(Workbench.generation("job", 100).setSteps(40).build());

        // Then: no batch has ended
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.batches).isEmpty();
        assertThat(passes.get()).isBetween(5, 40);
    }

    @Test
    void anInterruptedJobEndsWithTheSameManifest() throws Exception {
        // Given: the worker stops in the middle of the third batch; a newer model comes, and other batch sizes
        GenerationRequest request =
                Workbench.generation("disturbed", 11).setEta(0.5).build();
        bench.run(Workbench.generation("disturbed", 11).setEta(0.5).build(), "other-0@0");
        String undisturbed = text("samples/disturbed/manifest.json");
        clear("samples/disturbed/", "jobs/disturbed");
        bench.batches.clear();
        int[] uses = {0};
        bench.onNetworkUse = () -> {
            if (++uses[0] == 12) {
                bench.runner.shutdown();
            }
        };

        // When
        JobOutcome first = bench.run(request, "requests-0@5");
        bench.restart();
        bench.batchSizes = new GenerationEnvironment.BatchSizes(3, 1 << 20);
        bench.train("model-2");
        int[] passes = {0};
        bench.onNetworkUse = () -> passes[0]++;
        JobOutcome second = bench.run(request, "requests-0@5");

        // Then: only the missing batch was made, and the last announcement came twice
        assertThat(first).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(second).isInstanceOf(JobOutcome.Ended.class);
        assertThat(passes[0]).isEqualTo(5);
        assertThat(bench.batches).extracting(SampleBatch::getFirstIndex).containsExactly(0, 4, 4, 8);
        assertThat(text("samples/disturbed/manifest.json")).isEqualTo(undisturbed);
    }

    @Test
    void batchesOfAnotherRequestAreNotTaken() throws Exception {
        // Given: an interrupted job, then another request of the same id
        bench.onBatch = batch -> bench.runner.shutdown();
        bench.run(Workbench.generation("job", 10).build(), "requests-0@5");
        bench.restart();

        // When
        bench.run(Workbench.generation("job", 10).setSeed(8).build(), "requests-0@6");
        bench.run(Workbench.generation("fresh", 10).setSeed(8).build(), "requests-0@7");

        // Then
        assertThat(images("job").get(0).pixels())
                .isEqualTo(images("fresh").get(0).pixels());
    }

    @Test
    void cancelsWithinOneStep() {
        // Given
        int[] passes = {0};
        bench.onNetworkUse = () -> {
            if (++passes[0] == 7) {
                bench.cancellations.accept(new CancelRequest("1.0", "job", "enough"));
            }
        };

        // When
        bench.run(Workbench.generation("job", 100).build());

        // Then
        assertThat(passes[0]).isEqualTo(7);
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.lastEvent().getMessage()).isEqualTo("enough");
    }

    @Test
    void writesSingleFilesOnRequest() throws Exception {
        // When
        bench.run(Workbench.generation("job", 5)
                .setSampler(Sampler.DDPM)
                .setFormats(List.of(SampleFormat.NPY_BATCH, SampleFormat.NPY, SampleFormat.PNG))
                .build());

        // Then
        assertThat(keys("samples/job/images/")).hasSize(10).contains("0000004.npy", "0000004.png");
        FloatImage single = NpyCodec.decode(read("samples/job/images/0000004.npy"));
        assertThat(single.pixels()).isEqualTo(images("job").get(4).pixels());
        assertThat(PngCodec.decode(read("samples/job/images/0000004.png")).height())
                .isEqualTo(8);
    }

    @Test
    void aDamagedModelIsRefused() throws Exception {
        // Given
        bench.store.put(ObjectKey.of("models/model-1/model.json"), "{}".getBytes(StandardCharsets.UTF_8));

        // When
        JobOutcome outcome = bench.run(Workbench.generation("job", 5).build());

        // Then
        assertRefused(outcome, RefusalCode.UNKNOWN_MODEL, "was changed or damaged");
    }

    @Test
    void withoutAnyModelItSaysWhatToDo() {
        // When
        JobOutcome outcome = new Workbench().run(Workbench.generation("job", 5).build());

        // Then
        assertRefused(outcome, RefusalCode.UNKNOWN_MODEL, "no diffusion model has been published yet. Train one first");
    }

    @Test
    void aModelWithClassesIsToldTheOneAskedFor() throws Exception {
        // Given
        Workbench told = new Workbench();
        told.putDataset("rings", 6);
        told.store.put(
                ObjectKey.of("datasets/rings/train/vort/x.npy"),
                told.store.get(ObjectKey.of("datasets/rings/train/no/0.npy"), MAX));
        Map<String, String> settings = new HashMap<>(Workbench.TINY);
        settings.put("conditioning", "class");
        told.run(Workbench.training("told", "rings", settings));
        bench = told;

        // When
        bench.run(Workbench.generation("in-turn", 7).build());
        bench.run(Workbench.generation("vortex", 3).setClassName("vortex").build());
        bench.run(Workbench.generation("guided", 3)
                .setClassName("vort")
                .setGuidance(2)
                .build());
        bench.run(Workbench.generation("guided-in-turn", 7).setGuidance(2).build());
        JobOutcome unknown =
                bench.run(Workbench.generation("cats", 3).setClassName("cat").build());

        // Then
        assertThat(bench.published.get(0).getClasses()).containsExactly("no", "sphere", "vort");
        assertThat(bench.batches)
                .extracting(SampleBatch::getLabel)
                .contains("vort")
                .containsNull();
        List<FloatImage> inTurn = images("in-turn");
        List<FloatImage> vortices = images("vortex");
        assertSame(inTurn.get(2), vortices.get(2));
        assertThat(inTurn.get(0).pixels()).isNotEqualTo(vortices.get(0).pixels());
        assertThat(images("guided").get(2).pixels())
                .isNotEqualTo(vortices.get(2).pixels());
        assertSame(images("guided-in-turn").get(2), images("guided").get(2));
        assertRefused(unknown, RefusalCode.INVALID_PARAMETER, "className must be one of no, sphere, vort; got 'cat'");
    }

    @Test
    void stepsLieAsTheModelsTrainingLayThemUnlessAskedOtherwise() throws Exception {
        // Given
        Workbench trained = new Workbench();
        trained.putDataset("rings", 6);
        Map<String, String> settings = new HashMap<>(Workbench.TINY);
        settings.put("timeSpacing", "quadratic");
        trained.run(Workbench.training("dense", "rings", settings));
        bench = trained;

        // When
        for (StepSpacing spacing : StepSpacing.values()) {
            bench.run(
                    Workbench.generation(spacing.name(), 3).setSpacing(spacing).build());
        }

        // Then
        float[] asTrained = images("AS_TRAINED").get(1).pixels();
        assertThat(asTrained).isEqualTo(images("QUADRATIC").get(1).pixels());
        assertThat(asTrained).isNotEqualTo(images("EVEN").get(1).pixels());
        assertThat(text("samples/AS_TRAINED/manifest.json")).contains("\"spacing\" : \"QUADRATIC\"");
    }

    static List<Arguments> invalid() {
        return List.of(
                refusal(r -> r.setCount(0), RefusalCode.INVALID_PARAMETER, "count must be 1 to 1000000; got 0."),
                refusal(r -> r.setCount(1_000_001), RefusalCode.INVALID_PARAMETER, "got 1000001."),
                refusal(r -> r.setSteps(0), RefusalCode.INVALID_PARAMETER, "steps must be at least 1; got 0."),
                refusal(
                        r -> r.setSteps(51),
                        RefusalCode.INVALID_PARAMETER,
                        "steps must be 1 to 50, the number of time"),
                refusal(
                        r -> r.setClassName("vort"),
                        RefusalCode.INVALID_PARAMETER,
                        "className must be left out: the model was trained without classes"),
                refusal(
                        r -> r.setGuidance(1),
                        RefusalCode.INVALID_PARAMETER,
                        "guidance must be 0: the model was trained without"),
                refusal(r -> r.setGuidance(-1), RefusalCode.INVALID_PARAMETER, "guidance must be 0 to 20; got -1.0."),
                refusal(
                        r -> r.setGuidance(Double.NaN),
                        RefusalCode.INVALID_PARAMETER,
                        "guidance must be 0 to 20; got NaN."),
                refusal(r -> r.setEta(1.5), RefusalCode.INVALID_PARAMETER, "eta must be 0 to 1; got 1.5."),
                refusal(r -> r.setEta(Double.NaN), RefusalCode.INVALID_PARAMETER, "eta must be 0 to 1; got NaN."),
                refusal(r -> r.setCollection("a/../b"), RefusalCode.INVALID_PARAMETER, "collection must be"),
                refusal(r -> r.setReference("made"), RefusalCode.INVALID_PARAMETER, "reference must be another"),
                refusal(r -> r.setReference(""), RefusalCode.INVALID_PARAMETER, "reference must be"),
                refusal(r -> r.setModelId("no such"), RefusalCode.INVALID_PARAMETER, "modelId must be"),
                refusal(
                        r -> r.setModelId("other"),
                        RefusalCode.UNKNOWN_MODEL,
                        "modelId 'other' is no published diffusion model; there are, newest first, model-1."));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWithTheReason(Consumer<GenerationRequest.Builder> change, RefusalCode code, String reason) {
        // Given
        GenerationRequest.Builder request = Workbench.generation("job", 5);
        change.accept(request);

        // When
        JobOutcome outcome = bench.run(request.build());

        // Then
        assertRefused(outcome, code, reason);
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.REJECTED);
        assertThat(bench.lastEvent().getMessage()).contains(reason);
    }

    private static Arguments refusal(Consumer<GenerationRequest.Builder> change, RefusalCode code, String reason) {
        return Arguments.of(change, code, reason);
    }

    private static void assertRefused(JobOutcome outcome, RefusalCode code, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(code);
            assertThat(refused.reason()).hasMessageContaining(reason);
        });
    }

    private byte[] read(String key) throws Exception {
        return bench.store.get(ObjectKey.of(key), MAX);
    }

    private String text(String key) throws Exception {
        return new String(read(key), StandardCharsets.UTF_8);
    }

    private List<String> keys(String prefix) throws Exception {
        return bench.store.list(prefix).stream()
                .map(entry -> entry.key().value().substring(prefix.length()))
                .toList();
    }

    private void clear(String... prefixes) throws Exception {
        for (String prefix : prefixes) {
            for (ObjectEntry entry : bench.store.list(prefix)) {
                bench.store.delete(entry.key());
            }
        }
    }

    private List<FloatImage> images(String jobId) throws Exception {
        return images(bench, jobId);
    }

    private static List<FloatImage> images(Workbench from, String jobId) throws Exception {
        List<FloatImage> images = new ArrayList<>();
        for (ObjectEntry entry : from.store.list("samples/" + jobId + "/")) {
            if (entry.key().value().matches(".*/\\d{6}\\.npy")) {
                images.addAll(NpyCodec.decodeBatch(from.store.get(entry.key(), MAX)));
            }
        }
        return images;
    }

    private static void assertSame(FloatImage one, FloatImage other) {
        assertThat(one.pixels()).containsExactly(other.pixels(), within(1e-5f));
    }
}
