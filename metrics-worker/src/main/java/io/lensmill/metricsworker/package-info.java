/** The metrics worker's edge: its topology, its settings, its counters. The packages below hold the work itself. */
package io.lensmill.metricsworker;
