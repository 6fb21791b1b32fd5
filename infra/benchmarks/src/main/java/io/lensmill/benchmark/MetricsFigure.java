package io.lensmill.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One round of a metric, ours and the peer's.
 *
 * @param name metric
 * @param seconds ours
 * @param peerSeconds NaN without a peer
 * @param values what we found
 * @param peerValues what the peer found; none without one
 */
public record MetricsFigure(String name, double seconds, double peerSeconds, double[] values, double[] peerValues)
        implements RatioFigure {

    /** How many times as long the peer takes; NaN without one. */
    @Override
    public double ratio() {
        return peerSeconds / seconds;
    }

    /** The largest difference in units of the peer's value; 0 without a peer. */
    public double difference() {
        double largest = 0;
        for (int i = 0; i < peerValues.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - peerValues[i]) / Math.abs(peerValues[i]));
        }
        return largest;
    }

    @Override
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"seconds\": %.4f, \"peerSeconds\": %s, \"ratio\": %s, \"values\": %s,"
                        + " \"peerValues\": %s}",
                name,
                seconds,
                number("%.4f", peerSeconds),
                number("%.2f", ratio()),
                Arrays.toString(values),
                Arrays.toString(peerValues));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, format, value);
    }

    /** Heading of {@link #toRow}. */
    public static String heading() {
        return String.format(
                "%-4s %-7s %9s %9s %6s  %s", "", "round", "ours s", "peer s", "ratio", "values: ours | peer's");
    }

    @Override
    public String toRow(String round) {
        return String.format(
                Locale.ROOT,
                "%-4s %-7s %9.3f %9.3f %6.2f  %s | %s",
                name,
                round,
                seconds,
                peerSeconds,
                ratio(),
                text(values),
                text(peerValues));
    }

    private static String text(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.8g", value))
                .collect(Collectors.joining(" "));
    }
}
