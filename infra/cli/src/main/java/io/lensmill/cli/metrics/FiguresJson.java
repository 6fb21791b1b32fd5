package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.classification.ReliabilityBin;
import io.lensmill.reports.RecordJson;
import io.lensmill.reports.estimates.NamedFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The figures as one JSON object. A number is an object with the fields of the record Estimate of MetricReport.avsc;
 * what was not worked out has no key. Every number stands in the list {@code figures}, with the fields of NamedEstimate
 * of the same file; the keys beside it are those that there were before.
 */
public final class FiguresJson {

    private FiguresJson() {}

    /**
     * @param classification null without probabilities and labels
     * @param realism null without features
     */
    public static String of(FileClassification classification, FileRealism realism) {
        Map<String, Object> object = new LinkedHashMap<>();
        List<NamedEstimate> all = new ArrayList<>();
        if (classification != null) {
            put(classification, object);
            all.addAll(classification.figures());
        }
        if (realism != null) {
            put(realism, object);
            all.addAll(realism.figures());
        }
        object.put("figures", all);
        return RecordJson.text(object);
    }

    private static void put(FileClassification found, Map<String, Object> into) {
        List<NamedEstimate> figures = found.figures();
        into.put(
                "auc",
                NamedFigures.all(figures, "auc").stream()
                        .map(NamedEstimate::getEstimate)
                        .toList());
        putIfThere(figures, "aucMacro", "aucMacro", into);
        into.put("aucBounds", found.aucBounds());
        putIfThere(figures, "accuracy", "accuracy", into);
        Map<String, Object> confusion = new LinkedHashMap<>();
        confusion.put("value", found.confusion());
        confusion.put("n", found.images());
        confusion.put("estimator", "counts [true class][predicted class]");
        confusion.put("status", EstimateStatus.OK);
        into.put("confusion", confusion);
        putIfThere(figures, "calibrationError", "calibrationError", into);
        into.put(
                "reliability",
                found.reliability().stream().map(FiguresJson::bin).toList());
    }

    private static Map<String, Object> bin(ReliabilityBin bin) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lower", bin.lower());
        object.put("upper", bin.upper());
        object.put("n", bin.count());
        object.put("confidence", bin.confidence());
        object.put("accuracy", bin.accuracy());
        return object;
    }

    private static void put(FileRealism found, Map<String, Object> into) {
        for (String name : List.of("fid", "fidFloor", "fidInfinity", "kid")) {
            putIfThere(found.figures(), name, name, into);
        }
        Function<NamedEstimate, Estimate> own = NamedEstimate::getEstimate;
        boolean realAlone = found.generatedRows() == 0;
        if (!realAlone) {
            putByBandwidth("rke", found, "rkeModeCount", Sketches.MODES, own, into);
        }
        putByBandwidth(
                "rkeReference",
                found,
                "rkeModeCount",
                Sketches.MODES,
                realAlone ? own : NamedEstimate::getExpected,
                into);
        putByBandwidth("rrke", found, "rrke", Sketches.RELATIVE, own, into);
        putIfThere(found.figures(), "memorised", "memorisation", into);
    }

    private static void putByBandwidth(
            String key,
            FileRealism found,
            String exact,
            String sketch,
            Function<NamedEstimate, Estimate> part,
            Map<String, Object> into) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (NamedEstimate figure : NamedFigures.all(found.figures(), exact)) {
            if (part.apply(figure) != null) {
                Map<String, Object> both = new LinkedHashMap<>();
                both.put("exact", part.apply(figure));
                NamedFigures.all(found.sketches(), sketch).stream()
                        .filter(other -> other.getLabels().equals(figure.getLabels()))
                        .findFirst()
                        .ifPresent(other -> both.put("sketch", part.apply(other)));
                object.put(figure.getLabels().get("bandwidth"), both);
            }
        }
        if (!object.isEmpty()) {
            into.put(key, object);
        }
    }

    private static void putIfThere(List<NamedEstimate> figures, String name, String key, Map<String, Object> into) {
        NamedFigures.find(figures, name).ifPresent(estimate -> into.put(key, estimate));
    }
}
