package io.lensmill.neural.training;

/**
 * What one training step showed.
 *
 * @param loss loss before the step
 * @param gradientNorm Euclidean norm of all gradients before clipping
 */
public record StepResult(double loss, double gradientNorm) {}
