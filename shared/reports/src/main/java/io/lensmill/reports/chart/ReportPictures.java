package io.lensmill.reports.chart;

import io.lensmill.contracts.MetricReport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The pictures of a report, by file name: those that its numbers allow. */
public final class ReportPictures {

    private static final Map<String, Function<MetricReport, Optional<BufferedImage>>> CHARTS = new LinkedHashMap<>();

    static {
        CHARTS.put("roc.png", RocChart::of);
        CHARTS.put("confusion.png", ConfusionChart::of);
        CHARTS.put("reliability.png", ReliabilityChart::of);
        CHARTS.put("realism.png", RealismChart::of);
    }

    private ReportPictures() {}

    /** File names of all pictures that a report may have. */
    public static List<String> names() {
        return List.copyOf(CHARTS.keySet());
    }

    /** File names and PNG images. */
    public static Map<String, byte[]> of(MetricReport report) {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        CHARTS.forEach((name, chart) -> chart.apply(report).ifPresent(image -> pictures.put(name, png(image))));
        return pictures;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", output)) {
                throw new IllegalStateException("This Java installation cannot write PNG files");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A picture could not be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
