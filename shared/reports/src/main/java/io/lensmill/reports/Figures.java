package io.lensmill.reports;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;

/** Estimates as short text. */
public final class Figures {

    private static final double LARGE = 100;
    private static final double VERY_LARGE = 1e9;
    private static final double SMALL = 0.01;

    private Figures() {}

    /** The value with four digits, or "-" without one. */
    public static String value(Estimate estimate) {
        return estimate == null || estimate.getValue() == null ? "-" : number(estimate.getValue());
    }

    /** For example "0.9812 [0.9741, 0.9883]"; without an interval the value alone. */
    public static String withInterval(Estimate estimate) {
        if (estimate == null || estimate.getLower() == null || estimate.getUpper() == null) {
            return value(estimate);
        }
        return "%s [%s, %s]".formatted(value(estimate), number(estimate.getLower()), number(estimate.getUpper()));
    }

    /** The reason when the value is not to be taken as it is; empty otherwise. */
    public static String doubt(Estimate estimate) {
        if (estimate == null || estimate.getStatus() == EstimateStatus.OK) {
            return "";
        }
        return estimate.getReason().isBlank()
                ? estimate.getStatus().name()
                : estimate.getStatus() + ": " + estimate.getReason();
    }

    /** Four digits after the point, fewer for large ones, a power of ten for small and very large numbers. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= VERY_LARGE) {
            return "%.2e".formatted(value);
        }
        if (size >= LARGE) {
            return "%.1f".formatted(value);
        }
        return size >= SMALL || size == 0 ? "%.4f".formatted(value) : "%.2e".formatted(value);
    }
}
