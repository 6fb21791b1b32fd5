package io.lensmill.cli.fits;

import io.lensmill.metrics.distribution.SortedSample;
import io.lensmill.reports.chart.CumulativeChart.Panel;
import io.lensmill.reports.chart.CumulativeChart.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The distributions of residual strength as a picture: a panel for each class, at the blur that its verdict is of. */
public final class ResidualPanels {

    private ResidualPanels() {}

    /** Panels of the classes of which fits count on both sides. */
    public static List<Panel> of(ResidualComparison comparison, List<FitLine> images, List<FitLine> simulated) {
        Map<String, FitGroup> left = FitGroup.of(images);
        Map<String, FitGroup> right = FitGroup.of(simulated);
        List<Panel> panels = new ArrayList<>();
        for (ClassResiduals residuals : comparison.classes()) {
            if (!residuals.blurs().isEmpty()) {
                int blur = residuals.sharpest().blurPixels();
                int place = FitLine.BLUR_PIXELS.indexOf(blur);
                panels.add(new Panel(
                        residuals.name(),
                        "Residual strength, blur of %d px; 1 is noise".formatted(blur),
                        List.of(
                                sample("images", left.get(residuals.name()).strengths(place)),
                                sample("simulated", right.get(residuals.name()).strengths(place)))));
            }
        }
        return panels;
    }

    private static Sample sample(String name, SortedSample strengths) {
        return new Sample("%s, n = %d".formatted(name, strengths.size()), strengths);
    }
}
