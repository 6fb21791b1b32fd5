package io.lensmill.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lensmill.reports.SampleEvents;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrainingChartsTest {

    /** Kept after the test, to be looked at. */
    private static final Path CHARTS = Path.of("target", "charts");

    @Test
    void bothTrainingsHaveAPanel() throws IOException {
        // Given
        Path file = CHARTS.resolve("loss.png");
        // When
        LossChart.write(
                List.of(
                        new LossChart.Panel(
                                "Classifier training",
                                "Cross-entropy (nats)",
                                false,
                                SampleEvents.training("a", 1.1, 0.1, 120)),
                        new LossChart.Panel(
                                "Diffusion training",
                                "Mean squared error",
                                true,
                                SampleEvents.training("b", 0.9, 0.03, 30))),
                file);
        // Then
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1520);
        assertThat(pixelsOf(image, ChartStyle.colour(0))).isGreaterThan(300);
        assertThat(pixelsOf(image, ChartStyle.colour(1))).isGreaterThan(300);
    }

    @Test
    void aLearningCurveHasItsLossesAndItsFigures() throws IOException {
        // Given
        Path file = CHARTS.resolve("learning-curve.png");
        ArrayNode epochs = new ObjectMapper().createArrayNode();
        for (int epoch = 1; epoch <= 20; epoch++) {
            ObjectNode validation = epochs.addObject()
                    .put("epoch", epoch)
                    .put("trainingLoss", 1.0 / epoch)
                    .putObject("validation");
            validation.put("loss", 1.3 / epoch).put("accuracy", 1 - 0.6 / epoch).put("calibrationError", 0.2 / epoch);
            validation.putArray("auc").add(1 - 0.5 / epoch).add(1 - 0.3 / epoch);
        }
        // When
        LearningCurveChart.write("a-model", epochs, file);
        // Then
        BufferedImage image = ImageIO.read(file.toFile());
        for (Color colour : ChartStyle.COLOURS.subList(0, 3)) {
            assertThat(pixelsOf(image, colour)).as("pixels of %s", colour).isGreaterThan(100);
        }
    }

    @Test
    void aModelThatWasNotTrainedHasNoLearningCurve() {
        ArrayNode epochs = new ObjectMapper().createArrayNode();
        epochs.addObject().put("epoch", 0);
        assertThatThrownBy(() -> LearningCurveChart.write("a-model", epochs, CHARTS.resolve("none.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a-model has no learning curve");
    }

    private static long pixelsOf(BufferedImage image, Color colour) {
        return IntStream.range(0, image.getWidth())
                .mapToLong(x -> IntStream.range(0, image.getHeight())
                        .filter(y -> (image.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF))
                        .count())
                .sum();
    }
}
