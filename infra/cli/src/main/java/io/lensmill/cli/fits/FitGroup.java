package io.lensmill.cli.fits;

import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.metrics.distribution.SortedSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of one class.
 *
 * @param found those that found a lens
 * @param leftOut number of the others
 */
record FitGroup(List<FitLine> found, int leftOut) {

    /** Name of the group of fits whose images lie in no folder of a class. */
    static final String WITHOUT_CLASS = "unlabelled";

    /** The groups of a file by name: classes in the order of their scores, then what has none; no empty ones. */
    static Map<String, FitGroup> of(List<FitLine> fits) {
        Map<String, List<FitLine>> lines = new LinkedHashMap<>();
        LensClass.labels().forEach(label -> lines.put(label, new ArrayList<>()));
        lines.put(WITHOUT_CLASS, new ArrayList<>());
        for (FitLine fit : fits) {
            lines.get(fit.lensClass().map(LensClass::label).orElse(WITHOUT_CLASS))
                    .add(fit);
        }
        Map<String, FitGroup> groups = new LinkedHashMap<>();
        lines.forEach((name, all) -> {
            if (!all.isEmpty()) {
                List<FitLine> found = all.stream().filter(FitLine::lensFound).toList();
                groups.put(name, new FitGroup(found, all.size() - found.size()));
            }
        });
        return groups;
    }

    int size() {
        return found.size() + leftOut;
    }

    /** The strengths at one blur; there must be a fit that found a lens. */
    SortedSample strengths(int blur) {
        return new SortedSample(found.stream()
                .mapToDouble(fit -> fit.residualStrength().get(blur))
                .toArray());
    }

    /** The light at the source's half-light radius in standard deviations of a pixel's noise there. */
    static double brightness(FitLine fit) {
        double light = fit.parameters().get(LensParameter.AMPLITUDE.id()).value();
        double sky = fit.parameters().get(LensParameter.SKY.id()).value();
        return light / Math.sqrt(fit.noise().constant() + fit.noise().perIntensity() * (light + sky));
    }
}
