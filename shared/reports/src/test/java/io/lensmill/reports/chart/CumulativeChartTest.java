package io.lensmill.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.metrics.distribution.SortedSample;
import io.lensmill.reports.chart.CumulativeChart.Panel;
import io.lensmill.reports.chart.CumulativeChart.Sample;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CumulativeChartTest {

    @TempDir
    Path folder;

    @Test
    void panelsStandSideBySideAndShowEachSampleInItsColour() throws Exception {
        // Given: one value, and more values than a panel has pixels
        Sample one = new Sample("images", new SortedSample(2000));
        Sample many = new Sample(
                "simulated",
                new SortedSample(IntStream.range(0, 5000).asDoubleStream().toArray()));
        Panel panel = new Panel("sphere", "strength", List.of(one, many));
        Path file = folder.resolve("new/left.png");
        // When
        CumulativeChart.write(List.of(panel, panel), file);
        // Then
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(2 * 620);
        for (int panelBegin : new int[] {0, 620}) {
            assertThat(pixels(picture, panelBegin, ChartStyle.colour(0))).isGreaterThan(300);
            assertThat(pixels(picture, panelBegin, ChartStyle.colour(1))).isGreaterThan(300);
        }
    }

    @Test
    void noPanelIsRefused() {
        // When, Then
        assertThatThrownBy(() -> CumulativeChart.write(List.of(), folder.resolve("left.png")))
                .hasMessage("A picture needs at least one panel; got none");
    }

    /** Edges of lines are blended with the white around them. */
    private static long pixels(BufferedImage picture, int begin, Color colour) {
        return IntStream.range(0, 620 * picture.getHeight())
                .mapToObj(i -> new Color(picture.getRGB(begin + i % 620, i / 620)))
                .filter(pixel -> Math.abs(pixel.getRed() - colour.getRed()) < 64
                        && Math.abs(pixel.getGreen() - colour.getGreen()) < 64
                        && Math.abs(pixel.getBlue() - colour.getBlue()) < 64)
                .count();
    }
}
