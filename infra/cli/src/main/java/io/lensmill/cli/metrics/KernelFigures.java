package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;

/**
 * What one Gaussian kernel sees.
 *
 * @param name the bandwidth as it was asked for: a number, or "auto"
 * @param bandwidth σ in units of the embedding; NaN where "auto" has no reference to follow from
 * @param generated mode count of the generated rows; null without them
 * @param reference mode count of the real rows; null without them
 * @param relative relative kernel entropy between the two; null without both
 */
public record KernelFigures(String name, double bandwidth, Pair generated, Pair reference, Pair relative) {

    /**
     * One number in two ways.
     *
     * @param exact from all pairs of rows
     * @param sketch from random Fourier features
     */
    public record Pair(Estimate exact, Estimate sketch) {}
}
