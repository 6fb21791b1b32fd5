/**
 * Simulated strong lenses of three classes: deflection, source, point spread and noise. Image k of a class depends on
 * (settings, seed, class, k) alone.
 */
package io.lensmill.imaging.simulation;
