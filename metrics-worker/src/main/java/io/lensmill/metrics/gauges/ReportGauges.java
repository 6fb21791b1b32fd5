package io.lensmill.metrics.gauges;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the newest reports as gauges, for alerts and courses over weeks: of each model, collection and window
 * the newest report, of the {@value #MOST_REPORTS} with the newest news. A number that the report does not give has no
 * gauge, which is not the same as 0. Safe for several threads.
 */
public final class ReportGauges {

    /** Reports shown; with ten classes and ten bandwidths some 45 gauges each. */
    public static final int MOST_REPORTS = 50;

    /** Classes, and bandwidths, of a report; our own have no more, but anybody may write to the topic. */
    private static final int MOST_OF_A_KIND = 100;

    private static final String PREFIX = "lensmill.report.";

    /** Where gauges are shown. */
    public interface Board {

        /** @param value in force until it is set again */
        void set(Name name, double value);

        void remove(Name name);
    }

    /**
     * @param metric with dots between words
     * @param labels names and values; the names are the same for every gauge of a metric
     */
    public record Name(String metric, Map<String, String> labels) {}

    private record Shown(Instant emittedAt, Map<Name, Double> numbers) {}

    private final Board board;
    private final Map<String, Shown> reports = new LinkedHashMap<>();

    public ReportGauges(Board board) {
        this.board = board;
    }

    /** @param key of the record on the reports topic; an earlier report than the one shown changes nothing */
    public synchronized void accept(String key, MetricReport report) {
        Shown before = reports.get(key);
        if (before != null && report.getEmittedAt().isBefore(before.emittedAt())) {
            return;
        }
        Map<Name, Double> numbers = numbers(report);
        reports.remove(key);
        reports.put(key, new Shown(report.getEmittedAt(), numbers));
        numbers.forEach(board::set);
        if (before != null) {
            before.numbers().keySet().stream()
                    .filter(name -> !numbers.containsKey(name))
                    .forEach(board::remove);
        }
        forgetSurplus();
    }

    private void forgetSurplus() {
        Iterator<Shown> oldest = reports.values().iterator();
        for (int surplus = reports.size() - MOST_REPORTS; surplus > 0; surplus--) {
            oldest.next().numbers().keySet().forEach(board::remove);
            oldest.remove();
        }
    }

    private static Map<Name, Double> numbers(MetricReport report) {
        Numbers numbers = new Numbers(report);
        numbers.put("counted", (double) report.getCounted());
        if (report.getClassification() != null) {
            put(report.getClassification(), numbers);
        }
        if (report.getRealism() != null) {
            put(report.getRealism(), numbers);
        }
        return numbers.byName;
    }

    private static void put(ClassificationMetrics metrics, Numbers numbers) {
        List<String> classes = metrics.getClasses();
        int listed = Math.min(
                MOST_OF_A_KIND, Math.min(classes.size(), metrics.getAuc().size()));
        for (int i = 0; i < listed; i++) {
            numbers.put("auc", metrics.getAuc().get(i), "class", classes.get(i));
        }
        numbers.put("auc.macro", metrics.getAucMacro());
        numbers.put("accuracy", metrics.getAccuracy());
        numbers.put("calibration.error", metrics.getCalibrationError());
    }

    private static void put(RealismMetrics metrics, Numbers numbers) {
        numbers.put("fid", metrics.getFid());
        numbers.put("fid.floor", metrics.getFidFloor());
        numbers.put("fid.infinity", metrics.getFidInfinity());
        numbers.put("kid", metrics.getKid());
        numbers.put("memorised", metrics.getMemorised());
        metrics.getKernels().stream().limit(MOST_OF_A_KIND).forEach(kernel -> {
            numbers.put("rke.mode.count", kernel.getRkeModeCount(), "bandwidth", kernel.getName());
            numbers.put("rrke", kernel.getRrke(), "bandwidth", kernel.getName());
        });
    }

    /** Gauges of one report. */
    private static final class Numbers {

        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Map<Name, Double> byName = new HashMap<>();

        Numbers(MetricReport report) {
            labels.put("model", report.getModelId());
            labels.put("collection", report.getCollection());
            labels.put("window", report.getWindow());
        }

        void put(String metric, Estimate estimate) {
            put(metric, estimate == null ? null : estimate.getValue());
        }

        void put(String metric, Estimate estimate, String label, String value) {
            Map<String, String> more = new LinkedHashMap<>(labels);
            more.put(label, value);
            put(metric, estimate.getValue(), more);
        }

        void put(String metric, Double value) {
            put(metric, value, labels);
        }

        private void put(String metric, Double value, Map<String, String> withLabels) {
            if (value != null && Double.isFinite(value)) {
                byName.put(new Name(PREFIX + metric, Map.copyOf(withLabels)), value);
            }
        }
    }
}
