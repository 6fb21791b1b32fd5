package io.lensmill.reports.chart;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.Figures;
import io.lensmill.reports.chart.DotPlot.Key;
import io.lensmill.reports.chart.DotPlot.Mark;
import io.lensmill.reports.chart.DotPlot.Panel;
import io.lensmill.reports.chart.DotPlot.Row;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How close generated images are to real ones and how varied: distances, mode counts, copies, with their intervals. */
public final class RealismChart {

    private static final int IMAGES = 0;
    private static final int REFERENCE = 1;
    private static final int EXPECTED = 2;
    private static final int MOST_KERNELS = 12;

    private RealismChart() {}

    /** Empty where the report has no number of realism. */
    public static Optional<BufferedImage> of(MetricReport report) {
        RealismMetrics metrics = report.getRealism();
        if (metrics == null) {
            return Optional.empty();
        }
        List<Panel> panels = new ArrayList<>();
        add(panels, "Frechet distance, squared units of the embedding", false, frechet(metrics));
        add(panels, "Kernel Inception distance, 0: alike", false, one("KID", metrics.getKid(), IMAGES));
        add(panels, "Number of modes, exp of the Renyi kernel entropy, by bandwidth", true, modes(metrics));
        add(panels, "Share of images nearer to a reference image than those are to each other", false, copies(metrics));
        if (panels.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DotPlot.of(title(report), keys(metrics), panels));
    }

    private static String title(MetricReport report) {
        RealismMetrics metrics = report.getRealism();
        String against = metrics.getReference() == null
                ? "no reference"
                : "against %s, %d images"
                        .formatted(ChartStyle.shortened(metrics.getReference()), metrics.getReferenceCount());
        return "Realism of %s, %d images, %s".formatted(ChartStyle.subject(report), report.getCounted(), against);
    }

    private static List<Key> keys(RealismMetrics metrics) {
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(IMAGES, "these images"));
        if (metrics.getReference() != null) {
            keys.add(new Key(REFERENCE, "the reference alone"));
        }
        if (expectedCopies(metrics.getMemorised()) != null) {
            keys.add(new Key(EXPECTED, "a perfect generator"));
        }
        return keys;
    }

    private static void add(List<Panel> panels, String title, boolean logarithmic, List<Row> rows) {
        if (!rows.isEmpty()) {
            panels.add(new Panel(title, logarithmic, rows));
        }
    }

    private static List<Row> frechet(RealismMetrics metrics) {
        List<Row> rows = new ArrayList<>(one("FID", metrics.getFid(), IMAGES));
        rows.addAll(one("FID at infinite size", metrics.getFidInfinity(), IMAGES));
        rows.addAll(one("FID floor", metrics.getFidFloor(), REFERENCE));
        return rows;
    }

    private static List<Row> modes(RealismMetrics metrics) {
        return metrics.getKernels().stream()
                .filter(kernel -> hasValue(kernel.getRkeModeCount()))
                .limit(MOST_KERNELS)
                .map(RealismChart::modes)
                .toList();
    }

    private static Row modes(KernelMetrics kernel) {
        boolean adapted = !kernel.getName().matches("[0-9.]+");
        String label = adapted
                ? "%s, \u03c3 = %s".formatted(kernel.getName(), Figures.number(kernel.getBandwidth()))
                : "\u03c3 = " + kernel.getName();
        String numbers = Figures.value(kernel.getRkeModeCount()) + doubt(kernel.getRkeModeCount());
        if (hasValue(kernel.getRkeModeCountReference())) {
            numbers += " / " + Figures.value(kernel.getRkeModeCountReference());
        }
        if (hasValue(kernel.getRrke())) {
            numbers += ",  RRKE " + Figures.value(kernel.getRrke());
        }
        return new Row(
                label,
                List.of(mark(IMAGES, kernel.getRkeModeCount()), mark(REFERENCE, kernel.getRkeModeCountReference())),
                numbers);
    }

    private static List<Row> copies(RealismMetrics metrics) {
        Estimate memorised = metrics.getMemorised();
        if (!hasValue(memorised)) {
            return List.of();
        }
        Double expected = expectedCopies(memorised);
        List<Mark> marks = expected == null
                ? List.of(mark(IMAGES, memorised))
                : List.of(mark(IMAGES, memorised), new Mark(EXPECTED, expected, null, null));
        return List.of(new Row("memorised", marks, Figures.withInterval(memorised) + doubt(memorised)));
    }

    private static Double expectedCopies(Estimate memorised) {
        String expected = memorised == null ? null : memorised.getParameters().get("ofPerfectGenerator");
        return expected == null ? null : Double.valueOf(expected);
    }

    private static List<Row> one(String label, Estimate estimate, int kind) {
        return hasValue(estimate)
                ? List.of(
                        new Row(label, List.of(mark(kind, estimate)), Figures.withInterval(estimate) + doubt(estimate)))
                : List.of();
    }

    private static Mark mark(int kind, Estimate estimate) {
        return new Mark(kind, estimate.getValue(), estimate.getLower(), estimate.getUpper());
    }

    private static boolean hasValue(Estimate estimate) {
        return estimate != null && estimate.getValue() != null && Double.isFinite(estimate.getValue());
    }

    private static String doubt(Estimate estimate) {
        return estimate.getStatus() == EstimateStatus.OK
                ? ""
                : " (" + estimate.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
