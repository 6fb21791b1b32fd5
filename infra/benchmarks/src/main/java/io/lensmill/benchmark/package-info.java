/** Measurements of engine, metrics and workers on this machine, and the figures that they give. */
package io.lensmill.benchmark;
