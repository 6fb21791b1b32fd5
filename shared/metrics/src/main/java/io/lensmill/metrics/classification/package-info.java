/**
 * How well scores tell classes apart, as folds: areas under ROC curves with their intervals, confusion, calibration.
 */
package io.lensmill.metrics.classification;
