/** Metrics of arrays in files: what the metrics worker reports of messages, with the same accumulators, and more. */
package io.lensmill.cli.metrics;
