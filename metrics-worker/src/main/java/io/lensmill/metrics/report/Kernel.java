package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.MedianDistance;
import java.util.List;

/**
 * A Gaussian kernel of a report.
 *
 * @param name as it was asked for
 * @param bandwidth σ, above 0
 */
record Kernel(String name, double bandwidth) {

    /** Without a reference: those whose bandwidth does not follow from one. */
    static List<Kernel> fixed(List<Bandwidth> asked) {
        return asked.stream()
                .filter(bandwidth -> !bandwidth.isAuto())
                .map(bandwidth -> new Kernel(bandwidth.name(), bandwidth.fixed()))
                .toList();
    }

    /** "auto" becomes the median distance within the reference; it is left out where that is 0. */
    static List<Kernel> suitedTo(EmbeddingAccumulator reference, List<Bandwidth> asked) {
        double median =
                reference.count() < 2 ? 0 : MedianDistance.of(reference.sample().rows(MedianDistance.MAX_ROWS));
        return asked.stream()
                .map(bandwidth -> new Kernel(bandwidth.name(), bandwidth.isAuto() ? median : bandwidth.fixed()))
                .filter(kernel -> kernel.bandwidth() > 0)
                .toList();
    }

    static List<Double> bandwidths(List<Kernel> kernels) {
        return kernels.stream().map(Kernel::bandwidth).toList();
    }
}
