package io.lensmill.cli.metrics;

import io.lensmill.cli.metrics.KernelFigures.Pair;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ReliabilityBin;
import io.lensmill.reports.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The figures as one JSON object. A number is an object with the fields of Estimate.avsc; what was not worked out has no
 * key.
 */
public final class FiguresJson {

    private FiguresJson() {}

    /**
     * @param classification null without probabilities and labels
     * @param realism null without features
     */
    public static String of(ClassificationFigures classification, RealismFigures realism) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (classification != null) {
            put(classification, object);
        }
        if (realism != null) {
            put(realism, object);
        }
        return RecordJson.text(object);
    }

    private static void put(ClassificationFigures figures, Map<String, Object> into) {
        into.put("auc", figures.auc());
        into.put("aucMacro", figures.aucMacro());
        into.put("aucBounds", figures.aucBounds());
        into.put("accuracy", figures.accuracy());
        Map<String, Object> confusion = new LinkedHashMap<>();
        confusion.put("value", figures.confusion());
        confusion.put("n", figures.accuracy().getN());
        confusion.put("estimator", "counts [true class][predicted class]");
        confusion.put("status", EstimateStatus.OK);
        into.put("confusion", confusion);
        into.put("calibrationError", figures.calibrationError());
        into.put(
                "reliability",
                figures.reliability().stream().map(FiguresJson::bin).toList());
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

    private static void put(RealismFigures figures, Map<String, Object> into) {
        putUnlessNull("fid", figures.fid(), into);
        putUnlessNull("fidFloor", figures.fidFloor(), into);
        putUnlessNull("fidInfinity", figures.fidInfinity(), into);
        putUnlessNull("kid", figures.kid(), into);
        putUnlessNull("rke", byBandwidth(figures.kernels(), KernelFigures::generated), into);
        putUnlessNull("rkeReference", byBandwidth(figures.kernels(), KernelFigures::reference), into);
        putUnlessNull("rrke", byBandwidth(figures.kernels(), KernelFigures::relative), into);
        putUnlessNull("memorisation", figures.memorisation(), into);
    }

    private static Map<String, Object> byBandwidth(List<KernelFigures> kernels, Function<KernelFigures, Pair> figure) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (KernelFigures kernel : kernels) {
            Pair pair = figure.apply(kernel);
            if (pair != null) {
                Map<String, Object> both = new LinkedHashMap<>();
                both.put("exact", pair.exact());
                both.put("sketch", pair.sketch());
                object.put(kernel.name(), both);
            }
        }
        return object.isEmpty() ? null : object;
    }

    private static void putUnlessNull(String name, Object figure, Map<String, Object> into) {
        if (figure != null) {
            into.put(name, figure);
        }
    }
}
