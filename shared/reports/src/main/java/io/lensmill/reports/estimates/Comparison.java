package io.lensmill.reports.estimates;

import java.util.List;
import java.util.Optional;

/** A set of embeddings held against its reference, and what several metrics need of both. One thread at a time. */
public final class Comparison {

    private final EmbeddingSet subject;
    private final EmbeddingSet reference;
    private final EstimateSettings settings;
    private final Extrapolator extrapolator;
    /** Null before it is asked for. */
    private Extrapolation extrapolation;

    /** @param reference of the same dimensions, from the same network */
    public Comparison(
            EmbeddingSet subject, EmbeddingSet reference, EstimateSettings settings, Extrapolator extrapolator) {
        this.subject = subject;
        this.reference = reference;
        this.settings = settings;
        this.extrapolator = extrapolator;
    }

    public EmbeddingSet subject() {
        return subject;
    }

    public EmbeddingSet reference() {
        return reference;
    }

    public EstimateSettings settings() {
        return settings;
    }

    /** Kernels of the report, "auto" decided by the reference. */
    List<Kernel> kernels() {
        return Kernel.suitedTo(reference, settings.bandwidths());
    }

    Extrapolator extrapolator() {
        return extrapolator;
    }

    /** Of the smaller side. */
    long smallerCount() {
        return Math.min(subject.count(), reference.count());
    }

    /** Rows held of the side that holds fewer. */
    int smallerRows() {
        return Math.min(subject.rows().numRows, reference.rows().numRows);
    }

    /** Empty where too few rows are held. */
    public Optional<Extrapolation> extrapolation() {
        if (extrapolation == null && smallerRows() >= extrapolator.leastRows(subject.dimensions())) {
            extrapolation = extrapolator.between(subject, reference);
        }
        return Optional.ofNullable(extrapolation);
    }
}
