package io.lensmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.neural.Network;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoadBenchmarkTest {

    @Test
    void theSteadyRateLeavesOutTheLead() {
        // Given: 100 slow results over 100 s, then 900 over 9 s
        long[] times = IntStream.rangeClosed(1, 1000)
                .mapToLong(i -> i <= 100 ? i * 1000L : 100_000 + (i - 100) * 10L)
                .toArray();

        // When
        double rate = RoadBenchmark.steadyRate(times);

        // Then
        assertThat(rate).isCloseTo(100, within(1e-9));
    }

    @Test
    void theMedianIsTheRoundWithTheMiddleRatio() {
        // Given
        List<RoadFigure> rounds = List.of(figure(1000, 900), figure(2000, 500), figure(3000, 2400));

        // When
        RoadFigure median = RatioFigure.median(rounds);

        // Then
        assertThat(median.engine()).isEqualTo(3000);
        assertThat(median.ratio()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void aRoundIsARowAndAJsonObject() throws Exception {
        // Given
        RoadFigure figure = figure(1000, 900);

        // When
        JsonNode json = new ObjectMapper().readTree(figure.toJson());

        // Then
        assertThat(json.path("ratio").asDouble()).isEqualTo(0.9);
        assertThat(json.path("workerProcessorMillisPerImage").asDouble()).isEqualTo(0.5);
        assertThat(figure.toRow("1")).contains("0.900").hasSizeLessThan(80);
        assertThat(RoadFigure.heading()).hasSizeLessThan(80);
    }

    @Test
    void aSamplingRoundIsARowAndAJsonObject() throws Exception {
        // Given
        SamplingFigure figure = new SamplingFigure(400, 500, 380);

        // When
        JsonNode json = new ObjectMapper().readTree(figure.toJson());

        // Then
        assertThat(json.path("ratio").asDouble()).isEqualTo(0.95);
        assertThat(json.path("workerPassesPerSecond").asDouble()).isEqualTo(380);
        assertThat(figure.toRow("1")).contains("0.950").hasSizeLessThan(80);
        assertThat(SamplingFigure.heading()).hasSizeLessThan(80);
        assertThat(RatioFigure.median(
                        List.of(figure, new SamplingFigure(400, 500, 100), new SamplingFigure(400, 500, 420))))
                .isEqualTo(figure);
    }

    @Test
    void aReleasedModelHoldsTheWeightsOfItsSeed() throws Exception {
        // Given
        InMemoryObjectStore store = new InMemoryObjectStore();

        // When
        ModelPublished model = RandomClassifier.FAST_64.release(store, "m", 5);

        // Then
        byte[] weights = store.get(ObjectKey.of(model.getObjectPrefix() + "model.safetensors"), 10_000_000);
        try (Network fresh = RandomClassifier.FAST_64.open(6);
                Network same = RandomClassifier.FAST_64.open(5)) {
            fresh.parameters().loadSafetensors(weights);
            String name = fresh.parameters().entries().get(0).name();
            assertThat(fresh.parameters().get(name).values())
                    .isEqualTo(same.parameters().get(name).values());
        }
    }

    private static RoadFigure figure(double engine, double worker) {
        return new RoadFigure(engine, 1.1 * engine, worker, 0.4, 0.5, 0.1);
    }
}
