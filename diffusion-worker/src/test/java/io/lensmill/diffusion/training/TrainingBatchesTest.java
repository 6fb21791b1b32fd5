package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.imaging.FloatImage;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingBatchesTest {

    private static final int SIZE = 8;
    private static final int IMAGES = 10;

    private final List<FloatImage> images = new ArrayList<>();
    private TrainingSettings settings;
    private DiffusionProcess process;

    @BeforeEach
    void prepare() throws Exception {
        settings = TrainingSettings.of("smoke", Map.of("imageSize", "8", "batchSize", "4"));
        process = settings.model().process();
        for (int i = 0; i < IMAGES; i++) {
            float[] pixels = new float[SIZE * SIZE];
            Arrays.fill(pixels, i / (float) IMAGES);
            images.add(new FloatImage(SIZE, SIZE, pixels));
        }
    }

    @Test
    void aStepIsTheSameHoweverItIsReached() {
        // Given
        TrainingBatches walked = batches(5);
        IntStream.range(0, 7).forEach(walked::at);

        // When
        TrainingBatches.Batch resumed = batches(5).at(7);

        // Then
        assertThat(resumed.inputs().get("image").values())
                .isEqualTo(walked.at(7).inputs().get("image").values())
                .isNotEqualTo(batches(6).at(7).inputs().get("image").values());
        assertThat(resumed.inputs().get("time").values())
                .isEqualTo(walked.at(7).inputs().get("time").values());
    }

    @Test
    void everyEpochSeesEveryImageOnceInAnotherOrder() {
        // Given
        TrainingBatches batches = batches(5);

        // When
        List<Integer> first =
                IntStream.range(0, IMAGES).map(batches::imageAt).boxed().toList();
        List<Integer> second = IntStream.range(IMAGES, 2 * IMAGES)
                .map(batches::imageAt)
                .boxed()
                .toList();

        // Then
        assertThat(new TreeSet<>(first)).hasSize(IMAGES);
        assertThat(new TreeSet<>(second)).hasSize(IMAGES);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void noisyImagesAndTargetsBelongTogether() {
        // Given: for v, a·x - s·v is the clean image, one value throughout here
        TrainingBatches.Batch batch = batches(5).at(3);
        float[] noisy = batch.inputs().get("image").values();
        float[] targets = ((WeightedSquares) batch.loss()).targets();
        float[] times = batch.inputs().get("time").values();

        for (int i = 0; i < noisy.length; i++) {
            // When
            int image = i / (SIZE * SIZE);
            double alphaBar = process.schedule().alphaBar((int) times[image]);
            double x0 = process.objective().toX0(targets[i], noisy[i], Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));

            // Then
            double pixel = 2 * images.get(batches(5).imageAt(3 * 4 + image)).pixels()[0] - 1;
            assertThat(x0).isCloseTo(pixel, within(1e-5));
        }
    }

    @Test
    void theLossHasTheGradientThatItSays() {
        // Given
        TrainingBatches.Batch batch = batches(5).at(0);
        float[] answer = new float[4 * SIZE * SIZE];
        Arrays.fill(answer, 0.3f);

        // When
        Loss.Evaluation loss = batch.loss().evaluate(prediction(answer));

        // Then
        float[] gradient = loss.outputGradients().get(NetworkPass.PREDICTION).values();
        for (int i : new int[] {0, 70, 255}) {
            float[] moved = answer.clone();
            moved[i] += 0.5f;
            double up = batch.loss().evaluate(prediction(moved)).value();
            moved[i] -= 1f;
            double down = batch.loss().evaluate(prediction(moved)).value();
            assertThat(up - down).isCloseTo(gradient[i], within(1e-6));
        }
    }

    @Test
    void classesAreToldButForTheShareThatIsKeptBack() throws Exception {
        // Given
        int[] labels = {0, 1, 2, 0, 1, 2, 0, 1, 2, -1};
        TrainingSettings told = TrainingSettings.of(
                "smoke",
                Map.of("imageSize", "8", "batchSize", "4", "conditioning", "class", "unconditionalShare", "0.25"));
        TrainingBatches batches = new TrainingBatches(images, labels, process, told, 5);
        int kept = 0;
        int steps = 500;

        for (int step = 0; step < steps; step++) {
            // When
            float[] classes = batches.at(step).inputs().get("class").values();

            // Then
            for (int i = 0; i < 4; i++) {
                int label = labels[batches.imageAt(4L * step + i)];
                float[] row = Arrays.copyOfRange(classes, 3 * i, 3 * i + 3);
                float sum = row[0] + row[1] + row[2];
                assertThat(sum == 0 || (sum == 1 && label >= 0 && row[label] == 1))
                        .isTrue();
                kept += label >= 0 && sum == 0 ? 1 : 0;
            }
        }
        assertThat(kept / (steps * 4 * 0.9)).isBetween(0.22, 0.28);
        assertThat(batches.at(3).inputs().get("image").values())
                .as("the rest of what is drawn is as without classes")
                .isEqualTo(batches(5).at(3).inputs().get("image").values());
    }

    @ParameterizedTest
    @CsvSource({"even, 0.0625, 0.25", "quadratic, 0.25, 0.5"})
    void timesLieAsDenseAsAsked(String spacing, double belowSixteenth, double belowQuarter) throws Exception {
        // Given
        TrainingSettings spaced = TrainingSettings.of(
                "smoke", Map.of("imageSize", "8", "batchSize", "100", "timesteps", "1000", "timeSpacing", spacing));
        TrainingBatches batches = new TrainingBatches(
                images, new int[images.size()], spaced.model().process(), spaced, 5);

        // When
        double[] times = IntStream.range(0, 100)
                .mapToObj(step -> batches.at(step).inputs().get("time").values())
                .flatMapToDouble(drawn -> IntStream.range(0, drawn.length).mapToDouble(i -> drawn[i]))
                .toArray();

        // Then
        assertThat(Arrays.stream(times)).allMatch(time -> time >= 0 && time <= 999 && time == Math.rint(time));
        assertThat(share(times, 62.5)).isCloseTo(belowSixteenth, within(0.02));
        assertThat(share(times, 250)).isCloseTo(belowQuarter, within(0.02));
    }

    private static double share(double[] values, double below) {
        return Arrays.stream(values).filter(value -> value < below).count() / (double) values.length;
    }

    private TrainingBatches batches(long seed) {
        return new TrainingBatches(images, new int[images.size()], process, settings, seed);
    }

    private static Map<String, Tensor> prediction(float[] values) {
        return Map.of(NetworkPass.PREDICTION, new Tensor(values, 4, SIZE, SIZE, 1));
    }
}
