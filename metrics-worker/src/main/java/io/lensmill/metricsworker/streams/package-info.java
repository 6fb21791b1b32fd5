/** The Kafka Streams topology: classifications are checked, folded per collection, merged and reported. */
package io.lensmill.metricsworker.streams;
