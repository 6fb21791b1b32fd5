/** The newest reports as gauges for Prometheus. */
package io.lensmill.metricsworker.gauges;
