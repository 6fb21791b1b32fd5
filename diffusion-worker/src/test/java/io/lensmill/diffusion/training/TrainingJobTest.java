package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.diffusion.Workbench;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.neural.Safetensors;
import io.lensmill.storage.BucketLayout;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingJobTest {

    private final Workbench bench = new Workbench();

    @BeforeEach
    void prepare() throws Exception {
        bench.putDataset("rings", 6);
    }

    @Test
    void endsWithAPublishedModel() throws Exception {
        // When
        JobOutcome outcome = bench.run(Workbench.training("ring-model", "rings", Workbench.TINY));

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        JobEvent end = bench.lastEvent();
        assertThat(end.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(end.getStep()).isEqualTo(6);
        assertThat(end.getTotalSteps()).isEqualTo(6);
        assertThat(end.getTotalEpochs()).isEqualTo(4);
        assertThat(end.getLoss()).isPositive();
        assertThat(end.getMetrics()).containsKeys("loss", "imagesPerSecond");
        ModelPublished model = bench.published.get(0);
        assertThat(model.getModelId()).isEqualTo("ring-model");
        assertThat(model.getTask()).isEqualTo(ModelTask.DIFFUSION);
        assertThat(model.getInputSize()).isEqualTo(8);
        assertThat(model.getFiles())
                .extracting(file -> file.getName())
                .containsExactly("model.safetensors", "model-plain.safetensors", "contact-sheet.png", "model.json");
        ModelFiles files = new ModelFiles(bench.store);
        assertThat(files.read(model, "model.safetensors")).isNotEqualTo(files.read(model, "model-plain.safetensors"));
        assertThat(files.read(model, "contact-sheet.png")).startsWith(0x89, 'P', 'N', 'G');
        assertThat(bench.store.find(BucketLayout.checkpoint("ring-model"))).isEmpty();
    }

    @Test
    void anInterruptedTrainingEndsWithTheSameWeights() throws Exception {
        // Given
        bench.run(Workbench.training("undisturbed", "rings", Workbench.TINY));
        int[] uses = {0};
        bench.onNetworkUse = () -> {
            if (++uses[0] == 3) {
                bench.runner.shutdown();
            }
        };

        // When
        JobOutcome first = bench.run(Workbench.training("disturbed", "rings", Workbench.TINY));
        boolean kept = bench.store.find(BucketLayout.checkpoint("disturbed")).isPresent();
        bench.restart();
        JobOutcome second = bench.run(Workbench.training("disturbed", "rings", Workbench.TINY));

        // Then
        assertThat(first).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(kept).isTrue();
        assertThat(second).isInstanceOf(JobOutcome.Ended.class);
        for (int file : new int[] {0, 1, 2}) {
            assertThat(bench.published.get(1).getFiles().get(file))
                    .isEqualTo(bench.published.get(0).getFiles().get(file));
        }
    }

    @Test
    void sheetsOnTheWayShowTheSamplesAndChangeNothing() throws Exception {
        // Given
        bench.run(Workbench.training("unseen", "rings", Workbench.TINY));
        Map<String, String> looking = new HashMap<>(Workbench.TINY);
        looking.put("sheetEverySteps", "2");

        // When
        bench.run(Workbench.training("seen", "rings", looking));

        // Then: after steps 2 and 4; the one of step 6 is the model's own
        assertThat(bench.store.list("sheets/seen/"))
                .extracting(entry -> entry.key().name())
                .containsExactly("00000002.png", "00000004.png");
        assertThat(bench.store.get(BucketLayout.trainingSheet("seen", 4), 1 << 20))
                .startsWith(0x89, 'P', 'N', 'G');
        assertThat(bench.published.get(1).getFiles().get(0))
                .isEqualTo(bench.published.get(0).getFiles().get(0));
    }

    @Test
    void aCheckpointOfOtherSettingsIsNotGoneOnWith() throws Exception {
        // Given: a checkpoint after three steps, then the same id with another learning rate
        interruptAfterThreeSteps("mixed");
        Map<String, String> others = new HashMap<>(Workbench.TINY);
        others.put("learningRate", "0.005");

        // When
        bench.run(Workbench.training("mixed", "rings", others));

        // Then
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.FAILED);
        assertThat(bench.lastEvent().getMessage())
                .contains("it was made with learningRate=0.002, the request and its dataset now give"
                        + " learningRate=0.005. Send the request under a new jobId.");
        assertThat(bench.published).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefusedInTheSameWords() throws Exception {
        // Given
        interruptAfterThreeSteps("resized");
        Map<String, String> wider = new HashMap<>(Workbench.TINY);
        wider.put("dim", "8");

        // When
        bench.run(Workbench.training("resized", "rings", wider));

        // Then
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.FAILED);
        assertThat(bench.lastEvent().getMessage()).contains("dim=4").contains("new jobId");
    }

    @Test
    void theRecipeInACheckpointIsWrittenAsBySoftwareOfBefore() throws Exception {
        // When
        interruptAfterThreeSteps("kept");

        // Then: an upgraded worker must find its own words in checkpoints of any version
        Map<String, String> notes = Safetensors.read(bench.store.get(BucketLayout.checkpoint("kept"), 1 << 24))
                .metadata();
        assertThat(notes.get("lensmill.recipe"))
                .matches("dataset=[0-9a-f]{64} seed=3 startFrom=null attentionHeadDim=4 attentionHeads=1"
                        + " augmentation=dihedral batchSize=4 checkpointSeconds=\\d+ conditioning=none dim=4 .*");
    }

    /** Leaves a checkpoint after three steps. */
    private void interruptAfterThreeSteps(String jobId) {
        int[] uses = {0};
        bench.onNetworkUse = () -> {
            if (++uses[0] == 3) {
                bench.runner.shutdown();
            }
        };
        bench.run(Workbench.training(jobId, "rings", Workbench.TINY));
        bench.restart();
    }

    @Test
    void startsFromAPublishedModel() throws Exception {
        // Given
        bench.run(Workbench.training("first", "rings", Workbench.TINY));
        TrainingRequest further = Workbench.training("second", "rings", Workbench.TINY);
        further.setStartFrom("first");
        TrainingRequest wider = Workbench.training("third", "rings", Map.of("imageSize", "8"));
        wider.setStartFrom("first");

        // When
        JobOutcome outcome = bench.run(further);
        JobOutcome refused = bench.run(wider);

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(bench.published.get(1).getFiles().get(0))
                .isNotEqualTo(bench.published.get(0).getFiles().get(0));
        assertRefused(refused, RefusalCode.INVALID_PARAMETER, "startFrom 'first' has the network");
    }

    @Test
    void aDivergedTrainingGoesBackAndOnWithHalfTheLearningRate() {
        // Given: the third step finds broken weights
        int[] uses = {0};
        bench.onNetworkUse = () -> {
            if (++uses[0] == 3) {
                bench.network.parameters().values().assign(Float.NaN);
            }
        };

        // When
        bench.run(Workbench.training("stumbles", "rings", Workbench.TINY));

        // Then
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(bench.lastEvent().getStep()).isEqualTo(6);
        assertThat(bench.events).anySatisfy(event -> assertThat(event.getMessage())
                .contains("is NaN at step 3: back to step 0, on with 0.5 times the learning rate"));
        assertThat(bench.published).hasSize(1);
    }

    @Test
    void aLossThatIsNeverFiniteEndsTheJobWithAdvice() {
        // Given
        bench.onNetworkUse = () -> bench.network.parameters().values().assign(Float.NaN);

        // When
        bench.run(Workbench.training("wild", "rings", Workbench.TINY));

        // Then
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.FAILED);
        assertThat(bench.lastEvent().getMessage()).contains("at step 1").contains("Lower learningRate (0.002)");
        assertThat(bench.published).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            rings   | smoke | steps=x    | INVALID_PARAMETER | overrides.steps must be 0 to 100000000; got 'x'.
            rings   | smoke | stepz=3    | INVALID_PARAMETER | overrides has no setting 'stepz'
            rings   | other | steps=3    | UNKNOWN_PRESET    | there are seeds, fast, demo, smoke
            missing | smoke | steps=3    | UNKNOWN_DATASET   | Datasets in the store: rings
            ../else | smoke | steps=3    | INVALID_PARAMETER | dataset must be
            """)
    void refusesWithTheReason(String dataset, String preset, String override, RefusalCode code, String reason) {
        // Given
        String[] parts = override.split("=", 2);
        TrainingRequest request =
                new TrainingRequest("1.0", "job", dataset, preset, Map.of(parts[0], parts[1]), 0L, null, null, null);

        // When
        JobOutcome outcome = bench.run(request);

        // Then
        assertRefused(outcome, code, reason);
        assertThat(bench.lastEvent().getState()).isEqualTo(JobState.REJECTED);
    }

    private static void assertRefused(JobOutcome outcome, RefusalCode code, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(code);
            assertThat(refused.reason()).hasMessageContaining(reason);
        });
    }
}
