package io.lensmill.classifier.training;

/**
 * One line of a learning curve.
 *
 * @param epoch epochs done
 * @param trainingLoss mean loss of the epoch's steps
 * @param validation figures of the validation split after it
 */
public record EpochFigures(int epoch, double trainingLoss, Evaluation validation) {}
