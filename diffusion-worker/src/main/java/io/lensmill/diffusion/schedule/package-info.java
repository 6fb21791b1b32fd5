/**
 * The forward process of diffusion models: how much signal is left at each time, what a network learns to predict, and
 * the posterior of one step back. Arithmetic only.
 */
package io.lensmill.diffusion.schedule;
