package io.lensmill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.jobs.ModelDamagedException;
import io.lensmill.neural.networks.UNetConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffusionModelTest {

    private final DiffusionModel model = new DiffusionModel(
            new UNetConfig(16, List.of(1, 2, 4), 4, 32),
            ScheduleKind.SIGMOID,
            1000,
            Spacing.QUADRATIC,
            Objective.V,
            32,
            Preprocessing.MINMAX_V1);

    @Test
    void readsWhatItWrites() throws Exception {
        // When
        byte[] json = model.toJson(Map.of("dataset", "lenses"));

        // Then
        assertThat(DiffusionModel.fromJson(json)).isEqualTo(model);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"dataset\" : \"lenses\"");
    }

    @Test
    void modelsFromBeforeTheSpacingWasWrittenDownAreSampledEvenly() throws Exception {
        // Given
        String json = new String(model.toJson(Map.of()), StandardCharsets.UTF_8)
                .replaceFirst("\"timeSpacing\" : \"quadratic\",", "");

        // When
        DiffusionModel older = DiffusionModel.fromJson(json.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(json).doesNotContain("timeSpacing");
        assertThat(older.timeSpacing()).isEqualTo(Spacing.EVEN);
        assertThat(older.timesteps()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "timesteps" : 1000    | "timesteps" : 0        | timesteps must be 1 to 10000; got 0
            "schedule" : "sigmoid" | "schedule" : "square"  | \
            schedule must be one of [linear, cosine, sigmoid]; got 'square'
            "timeSpacing" : "quadratic" | "timeSpacing" : "cubic" | \
            timeSpacing must be one of [even, quadratic]; got 'cubic'
            "preprocessing" : "minmax-v1" | "preprocessing" : "cut" | preprocessing must be one of minmax-v1
            "imageSize" : 32      | "imageSize" : "big"    | imageSize must be 1 to 4096; got "big"
            {                     | [                      | The model's description is wrong
            """)
    void refusesWhatItCannotBe(String right, String wrong, String reason) {
        // Given
        String json = new String(model.toJson(Map.of()), StandardCharsets.UTF_8).replace(right, wrong);

        // When / Then
        assertThatThrownBy(() -> DiffusionModel.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelDamagedException.class)
                .hasMessageContaining(reason);
    }
}
