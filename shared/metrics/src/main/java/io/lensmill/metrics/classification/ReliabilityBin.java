package io.lensmill.metrics.classification;

/**
 * The images whose highest probability lies in (lower, upper]. In a calibrated classifier confidence and accuracy
 * agree.
 *
 * @param lower in [0, 1), not part of the bin
 * @param upper in (0, 1], part of the bin
 * @param count images in the bin, 0 or more
 * @param confidence mean of their highest probabilities; NaN in an empty bin
 * @param accuracy share of them whose predicted class is the true one; NaN in an empty bin
 */
public record ReliabilityBin(double lower, double upper, long count, double confidence, double accuracy) {}
