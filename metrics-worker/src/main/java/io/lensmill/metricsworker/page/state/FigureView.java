package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.NamedEstimate;
import java.util.Map;

/**
 * A number under its name, with the words that it is shown with.
 *
 * @param bandwidth σ of the kernel, also where the label says "auto"; null without one
 */
public record FigureView(
        String name,
        Map<String, String> labels,
        String group,
        String title,
        String explanation,
        String axis,
        Double bandwidth,
        EstimateView estimate,
        EstimateView expected) {

    static FigureView of(NamedEstimate figure) {
        return new FigureView(
                figure.getName(),
                Map.copyOf(figure.getLabels()),
                figure.getGroup().name(),
                figure.getTitle(),
                figure.getExplanation(),
                figure.getAxis(),
                bandwidth(figure.getEstimate()),
                EstimateView.of(figure.getEstimate()),
                EstimateView.of(figure.getExpected()));
    }

    private static Double bandwidth(Estimate estimate) {
        try {
            return Numbers.finite(Double.valueOf(estimate.getParameters().getOrDefault("bandwidth", "NaN")));
        } catch (NumberFormatException e) {
            // Anybody may write to the topic.
            return null;
        }
    }
}
