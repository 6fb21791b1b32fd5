package io.lensmill.metricsworker.gauges;

import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.estimates.NamedFigures;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The numbers of the newest reports as gauges, for alerts and courses over weeks: of each model, collection and window
 * the newest report, of the {@value #MOST_REPORTS} with the newest news. A number that the report does not give has no
 * gauge, which is not the same as 0. Safe for several threads.
 */
public final class ReportGauges {

    /** Reports shown; with ten classes and ten bandwidths some 45 gauges each. */
    public static final int MOST_REPORTS = 50;

    /**
     * Numbers of a metric, one per class or bandwidth; our own reports have no more, but anybody may write to the
     * topic.
     */
    private static final int MOST_OF_A_KIND = 100;

    private static final String PREFIX = "lensmill.report.";
    /** Of a metric; anybody may write to the topic. */
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

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
        numbers.put("counted", (double) report.getCounted(), Map.of());
        Map<String, Integer> told = new HashMap<>();
        for (NamedEstimate figure : NamedFigures.of(report)) {
            boolean few = told.merge(figure.getName(), 1, Integer::sum) <= MOST_OF_A_KIND;
            if (few && NAME.matcher(figure.getName()).matches()) {
                numbers.put(dotted(figure.getName()), figure.getEstimate().getValue(), figure.getLabels());
            }
        }
        return numbers.byName;
    }

    /** As Micrometer names its metrics: fidInfinity becomes fid.infinity. */
    private static String dotted(String name) {
        return CAPITAL.matcher(name).replaceAll(found -> "." + found.group().toLowerCase(Locale.ROOT));
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

        /** @param more labels beside those of the report */
        void put(String metric, Double value, Map<String, String> more) {
            if (value != null && Double.isFinite(value)) {
                Map<String, String> all = new LinkedHashMap<>(labels);
                more.forEach(all::putIfAbsent);
                byName.put(new Name(PREFIX + metric, Map.copyOf(all)), value);
            }
        }
    }
}
