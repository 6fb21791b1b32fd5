/** What is known of one collection under one model: its accumulators, labels, windows and orders. */
package io.lensmill.metricsworker.collection;
