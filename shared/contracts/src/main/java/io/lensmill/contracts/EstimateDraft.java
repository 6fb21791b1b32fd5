package io.lensmill.contracts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An {@link Estimate} in the making. Flags add up: the gravest status holds, every reason is told. */
public final class EstimateDraft {

    /** From harmless to grave: a later one says that even less can be read off the number. */
    private static final List<EstimateStatus> BY_GRAVITY = List.of(
            EstimateStatus.OK,
            EstimateStatus.TOO_FEW,
            EstimateStatus.RANK_DEFICIENT,
            EstimateStatus.ONE_CLASS,
            EstimateStatus.NO_REFERENCE,
            EstimateStatus.EXTRACTOR_MISMATCH,
            EstimateStatus.UNTRAINED_EXTRACTOR,
            EstimateStatus.FOREIGN);

    private final String estimator;
    private final long n;
    private final Map<String, String> parameters = new TreeMap<>();
    private Double value;
    private Double lower;
    private Double upper;
    private String intervalKind = "";
    private EstimateStatus status = EstimateStatus.OK;
    private String reason = "";

    private EstimateDraft(String estimator, long n) {
        this.estimator = estimator;
        this.n = n;
    }

    /** @param n observations behind the number; for a comparison: of the smaller side */
    public static EstimateDraft by(String estimator, long n) {
        return new EstimateDraft(estimator, n);
    }

    /** A number that cannot be given. */
    public static EstimateDraft absent(String estimator, long n, EstimateStatus status, String reason) {
        return by(estimator, n).flag(status, reason);
    }

    public static EstimateStatus gravest(EstimateStatus one, EstimateStatus other) {
        return BY_GRAVITY.indexOf(one) >= BY_GRAVITY.indexOf(other) ? one : other;
    }

    public EstimateDraft value(double number) {
        value = number;
        return this;
    }

    /** An end that is not finite is left open. */
    public EstimateDraft interval(String kind, double from, double to) {
        intervalKind = kind;
        lower = Double.isFinite(from) ? from : null;
        upper = Double.isFinite(to) ? to : null;
        return this;
    }

    public EstimateDraft parameter(String name, Object setting) {
        parameters.put(name, String.valueOf(setting));
        return this;
    }

    public EstimateDraft flag(EstimateStatus flagged, String why) {
        status = gravest(status, flagged);
        reason = reason.isEmpty() ? why : reason + " " + why;
        return this;
    }

    public EstimateDraft flagIf(boolean condition, EstimateStatus flagged, String why) {
        return condition ? flag(flagged, why) : this;
    }

    /** A number that is not finite is none: null, with the reason. */
    public Estimate build() {
        if (value != null && !Double.isFinite(value)) {
            value = null;
            lower = null;
            upper = null;
            intervalKind = "";
            flag(EstimateStatus.RANK_DEFICIENT, "What it is worked out from leaves the range of double precision.");
        }
        return Estimate.newBuilder()
                .setValue(value)
                .setLower(lower)
                .setUpper(upper)
                .setIntervalKind(intervalKind)
                .setN(n)
                .setEstimator(estimator)
                .setParameters(parameters)
                .setStatus(status)
                .setReason(reason)
                .build();
    }
}
