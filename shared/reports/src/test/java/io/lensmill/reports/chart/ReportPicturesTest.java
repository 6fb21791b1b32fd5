package io.lensmill.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RocCurve;
import io.lensmill.reports.SampleReports;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportPicturesTest {

    /** Kept after the test, to be looked at. */
    private static final Path CHARTS = Path.of("target", "charts");

    @Test
    void labelledImagesHaveThreePictures() throws IOException {
        // When
        Map<String, byte[]> pictures = kept(ReportPictures.of(SampleReports.classificationReport()), "");
        // Then
        assertThat(pictures).containsOnlyKeys("roc.png", "confusion.png", "reliability.png");
        BufferedImage roc = image(pictures.get("roc.png"));
        for (Color colour : ChartStyle.COLOURS.subList(0, 3)) {
            assertThat(pixelsOf(roc, colour)).as("pixels of %s", colour).isGreaterThan(300);
        }
        assertThat(pixelsOf(image(pictures.get("reliability.png")), ChartStyle.colour(0)))
                .isGreaterThan(300);
    }

    @Test
    void confusionMatrixIsDarkOnItsDiagonal() throws IOException {
        // When
        BufferedImage image =
                ConfusionChart.of(SampleReports.classificationReport()).orElseThrow();
        // Then
        int cell = 170;
        assertThat(new Color(image.getRGB(150 + 20, 90 + 20)).getRed()).isLessThan(40);
        assertThat(new Color(image.getRGB(150 + cell + 20, 90 + 20)).getRed()).isGreaterThan(240);
    }

    @Test
    void generatedImagesHaveOnePicture() throws IOException {
        // When
        Map<String, byte[]> pictures = kept(ReportPictures.of(SampleReports.realismReport()), "");
        // Then
        assertThat(pictures).containsOnlyKeys("realism.png");
        BufferedImage realism = image(pictures.get("realism.png"));
        for (Color colour : ChartStyle.COLOURS.subList(0, 2)) {
            assertThat(pixelsOf(realism, colour)).as("pixels of %s", colour).isGreaterThan(20);
        }
    }

    @Test
    void namesOfAnyLengthAreDrawn() throws IOException {
        // Given
        MetricReport report = SampleReports.classificationReport();
        report.setCollection("survey/".repeat(18));
        report.getClassification().setClasses(List.of("a".repeat(256), "b".repeat(256), "c".repeat(256)));
        report.getClassification().getRocCurves().forEach(curve -> curve.setClassName("same".repeat(64)));
        // When
        Map<String, byte[]> pictures = kept(ReportPictures.of(report), "long-");
        // Then
        assertThat(pictures).hasSize(3);
    }

    @Test
    void picturesOfAWindowSaySinceWhen() throws IOException {
        // Given
        MetricReport report = SampleReports.classificationReport();
        String whole = ChartStyle.subject(report);
        // When
        report.setWindowBegin(Instant.parse("2026-01-02T12:10:00Z"));
        String hour = ChartStyle.subject(report);
        report.setCollection("survey/".repeat(18));
        // Then
        assertThat(whole).isEqualTo("demo/held-out");
        assertThat(hour).isEqualTo("demo/held-out since 2026-01-02T12:10Z");
        assertThat(ChartStyle.subject(report)).isEqualTo("survey/s…survey/ since 2026-01-02T12:10Z");
        kept(ReportPictures.of(report), "hour-");
    }

    @Test
    void moreClassesThanALegendHoldsAreNotDrawn() {
        // Given
        MetricReport report = SampleReports.classificationReport();
        RocCurve curve = report.getClassification().getRocCurves().get(0);
        report.getClassification().setRocCurves(Collections.nCopies(11, curve));
        report.getClassification()
                .setClasses(IntStream.range(0, 11).mapToObj(i -> "class " + i).toList());
        // When / Then
        assertThat(ReportPictures.of(report)).containsOnlyKeys("reliability.png");
    }

    private static Map<String, byte[]> kept(Map<String, byte[]> pictures, String prefix) throws IOException {
        Files.createDirectories(CHARTS);
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            Files.write(CHARTS.resolve(prefix + picture.getKey()), picture.getValue());
        }
        return pictures;
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static long pixelsOf(BufferedImage image, Color colour) {
        return IntStream.range(0, image.getWidth())
                .mapToLong(x -> IntStream.range(0, image.getHeight())
                        .filter(y -> (image.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF))
                        .count())
                .sum();
    }
}
