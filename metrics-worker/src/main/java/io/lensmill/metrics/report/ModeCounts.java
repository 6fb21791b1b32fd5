package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.KernelEntropy;
import io.lensmill.metrics.realism.ModeCount;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mode counts of one set of embeddings, one per bandwidth: exact while every row is held; beyond that from the random
 * sample or from the random features, whichever has the narrower interval, with the other's value beside it.
 */
final class ModeCounts {

    static final String EXACT = "exact";
    static final String SAMPLE = "seeded reservoir";
    static final String SKETCH = "random Fourier features";

    private ModeCounts() {}

    /** One per bandwidth; none at all below two embeddings. */
    static List<ModeFigure> of(EmbeddingAccumulator embeddings, List<Double> bandwidths) {
        if (embeddings.count() < 2) {
            return List.of();
        }
        KernelEntropy pairs = KernelEntropy.of(embeddings.sample().rows(), bandwidths);
        List<ModeFigure> figures = new ArrayList<>();
        for (int b = 0; b < bandwidths.size(); b++) {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("bandwidth", bandwidths.get(b).toString());
            figures.add(
                    embeddings.isComplete()
                            ? new ModeFigure(pairs.exact(b), EXACT, embeddings.count(), parameters)
                            : estimated(embeddings, pairs.estimatedFor(embeddings.count(), b), parameters));
        }
        return figures;
    }

    private static ModeFigure estimated(
            EmbeddingAccumulator embeddings, ModeCount sampled, Map<String, String> parameters) {
        double bandwidth = Double.parseDouble(parameters.get("bandwidth"));
        Optional<RandomFeatureAccumulator> sketch = embeddings.sketch(bandwidth);
        ModeCount sketched = sketch.map(RandomFeatureAccumulator::modeCount).orElse(sampled);
        sketch.ifPresent(s -> {
            parameters.put("frequencies", String.valueOf(s.features().frequencies()));
            parameters.put("seed", String.valueOf(s.features().seed()));
            parameters.put(SKETCH, String.valueOf(sketched.value()));
        });
        parameters.put("rows", String.valueOf(embeddings.sample().size()));
        parameters.put(SAMPLE, String.valueOf(sampled.value()));
        boolean sketchWins = sketched.relativeWidth() < sampled.relativeWidth();
        return new ModeFigure(
                sketchWins ? sketched : sampled, sketchWins ? SKETCH : SAMPLE, embeddings.count(), parameters);
    }
}
