package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.MedianDistance;
import java.util.List;

/**
 * A Gaussian kernel of a report, exp(-|x-y|² / (2σ²)).
 *
 * @param name the bandwidth as it was asked for: a number, or "auto"
 * @param bandwidth σ in units of the embedding, above 0
 */
public record Kernel(String name, double bandwidth) {

    /** Without a reference: those whose bandwidth does not follow from one. */
    static List<Kernel> fixed(List<Bandwidth> asked) {
        return asked.stream()
                .filter(bandwidth -> !bandwidth.isAuto())
                .map(bandwidth -> new Kernel(bandwidth.name(), bandwidth.fixed()))
                .toList();
    }

    /** "auto" becomes the median distance within the reference; it is left out where that is 0. */
    static List<Kernel> suitedTo(EmbeddingSet reference, List<Bandwidth> asked) {
        return reference.once(asked, () -> {
            double median = reference.count() < 2 ? 0 : MedianDistance.of(reference.rows(MedianDistance.MAX_ROWS));
            return asked.stream()
                    .map(bandwidth -> new Kernel(bandwidth.name(), bandwidth.isAuto() ? median : bandwidth.fixed()))
                    .filter(kernel -> kernel.bandwidth() > 0)
                    .toList();
        });
    }

    static List<Double> bandwidths(List<Kernel> kernels) {
        return kernels.stream().map(Kernel::bandwidth).toList();
    }
}
