package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.KernelEntropy;
import io.lensmill.metrics.realism.ModeCount;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Number of modes, the exponential of the order-2 Renyi kernel entropy (Jalali, Li and Farnia 2023): exact while every
 * row is held; beyond that from the random sample or from the random features, whichever has the narrower interval,
 * with the other's value beside it.
 */
final class ModeCountMetric extends DiversityMetric {

    ModeCountMetric() {
        super(new MetricDescription(
                "rkeModeCount",
                "RKE modes",
                "Number of modes that the kernel sees; to be compared with the reference.",
                "Number of modes, exp of the Renyi kernel entropy",
                true));
    }

    @Override
    List<Diversity> of(EmbeddingSet set, List<Kernel> kernels, EstimateSettings settings) {
        return modes(set, kernels);
    }

    /** Remembered with the set, for whoever needs to know whether a kernel sees single images. */
    static List<Diversity> modes(EmbeddingSet set, List<Kernel> kernels) {
        return set.once(List.of("modes", kernels), () -> {
            KernelEntropy pairs = KernelEntropy.of(set.rows(), Kernel.bandwidths(kernels));
            List<Diversity> modes = new ArrayList<>();
            for (int k = 0; k < kernels.size(); k++) {
                modes.add(of(set, kernels.get(k).bandwidth(), pairs, k));
            }
            return List.copyOf(modes);
        });
    }

    private static Diversity of(EmbeddingSet set, double bandwidth, KernelEntropy pairs, int place) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("bandwidth", String.valueOf(bandwidth));
        return set.isComplete()
                ? told(pairs.exact(place), Diversity.EXACT, set, parameters)
                : estimated(set, bandwidth, pairs.estimatedFor(set.count(), place), parameters);
    }

    private static Diversity estimated(
            EmbeddingSet set, double bandwidth, ModeCount sampled, Map<String, String> parameters) {
        Optional<RandomFeatureAccumulator> sketch = set.sketch(bandwidth);
        ModeCount sketched = sketch.map(RandomFeatureAccumulator::modeCount).orElse(sampled);
        sketch.ifPresent(s -> {
            parameters.put("frequencies", String.valueOf(s.features().frequencies()));
            parameters.put("seed", String.valueOf(s.features().seed()));
            parameters.put(Diversity.SKETCH, String.valueOf(sketched.value()));
        });
        parameters.put("rows", String.valueOf(set.rows().numRows));
        parameters.put(Diversity.SAMPLE, String.valueOf(sampled.value()));
        return sketched.relativeWidth() < sampled.relativeWidth()
                ? told(sketched, Diversity.SKETCH, set, parameters)
                : told(sampled, Diversity.SAMPLE, set, parameters);
    }

    private static Diversity told(ModeCount modes, String estimator, EmbeddingSet set, Map<String, String> parameters) {
        return new Diversity(
                modes.value(), modes.lower(), modes.upper(), "95 %, jackknife", estimator, set.count(), parameters);
    }
}
