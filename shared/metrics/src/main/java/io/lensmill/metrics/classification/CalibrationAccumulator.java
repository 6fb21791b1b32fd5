package io.lensmill.metrics.classification;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is right as often as it says: counts, hits and confidences in {@value #BINS} bins of equal width
 * of the highest probability (Guo et al. 2017, section 2). Mergeable and order-free to the last bit, since confidences
 * are summed as whole multiples of 2^-32; at most 300 bytes, and 2^31 images a bin.
 */
public final class CalibrationAccumulator {

    /** Bins of (0, 1], as in the experiments of Guo et al. 2017. */
    public static final int BINS = 15;

    private static final int VERSION = 1;
    private static final double UNIT = 0x1p-32;

    private final long[] counts = new long[BINS];
    private final long[] hits = new long[BINS];
    private final long[] confidences = new long[BINS];

    /**
     * @param highestProbability that of the predicted class, above 0 and at most 1
     * @param correct whether the predicted class is the true one
     * @throws IllegalArgumentException when it is not in (0, 1]
     */
    public void add(double highestProbability, boolean correct) {
        if (!(highestProbability > 0 && highestProbability <= 1)) {
            throw new IllegalArgumentException(
                    "The highest of an image's probabilities must be in (0, 1]; got " + highestProbability + ".");
        }
        int bin = (int) Math.ceil(highestProbability * BINS) - 1;
        add(bin, 1, correct ? 1 : 0, Math.round(highestProbability / UNIT));
    }

    private void add(int bin, long count, long hit, long confidence) {
        counts[bin] += count;
        hits[bin] += hit;
        confidences[bin] = Math.addExact(confidences[bin], confidence);
    }

    public void merge(CalibrationAccumulator other) {
        for (int bin = 0; bin < BINS; bin++) {
            add(bin, other.counts[bin], other.hits[bin], other.confidences[bin]);
        }
    }

    /** Images added. */
    public long count() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /**
     * Expected calibration error, Σ |B|/n · |accuracy(B) - confidence(B)| over the bins B (Guo et al. 2017, equation
     * 3).
     *
     * @return 0 (calibrated) to 1
     * @throws IllegalStateException without images
     */
    public double expectedError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(hits[bin] - confidences[bin] * UNIT);
        }
        return sum / requireImages();
    }

    /**
     * What {@link #expectedError} would be on average if the classifier were calibrated, since chance alone keeps
     * accuracy and confidence of a bin apart: Σ √(2 c (1 - c) |B| / π) / n with the bins' confidences c, the mean size
     * of a normal deviation with the variance of |B| coins of chance c. Bins with few images or c near 1 are not
     * normal; judge by the order of magnitude.
     *
     * @throws IllegalStateException without images
     */
    public double floor() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double confidence = confidences[bin] * UNIT;
            double variance = counts[bin] == 0 ? 0 : confidence * (1 - confidence / counts[bin]);
            sum += Math.sqrt(2 / Math.PI * Math.max(0, variance));
        }
        return sum / requireImages();
    }

    private long requireImages() {
        long n = count();
        if (n == 0) {
            throw new IllegalStateException("A calibration error needs at least one image.");
        }
        return n;
    }

    /** The reliability diagram: all {@value #BINS} bins, from low to high confidence. */
    public List<ReliabilityBin> bins() {
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            double n = counts[bin];
            bins.add(new ReliabilityBin(
                    (double) bin / BINS,
                    (bin + 1.0) / BINS,
                    counts[bin],
                    n == 0 ? Double.NaN : confidences[bin] * UNIT / n,
                    n == 0 ? Double.NaN : hits[bin] / n));
        }
        return bins;
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(BINS);
        for (int bin = 0; bin < BINS; bin++) {
            writer.count(counts[bin]).count(hits[bin]).count(confidences[bin]);
        }
        return writer.toBytes();
    }

    /** @throws IllegalArgumentException when the bytes are no such state */
    public static CalibrationAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("a calibration accumulator", state, VERSION);
        CalibrationAccumulator accumulator = new CalibrationAccumulator();
        int bins = reader.size(3);
        if (bins != BINS) {
            throw new IllegalArgumentException(
                    "The state of a calibration accumulator must have " + BINS + " bins; got " + bins + ".");
        }
        for (int bin = 0; bin < BINS; bin++) {
            accumulator.add(bin, reader.count(), reader.count(), reader.count());
        }
        reader.end();
        return accumulator;
    }
}
