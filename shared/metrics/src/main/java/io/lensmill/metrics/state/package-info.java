/** Accumulators as bytes. Knows no metric. */
package io.lensmill.metrics.state;
