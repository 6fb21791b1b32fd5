/** A collection, and its reference, to a report: every number with its interval, its status and its reason. */
package io.lensmill.metricsworker.report;
