/** The one thing here that knows Kafka: topics that are read whole. */
package io.lensmill.jobs.edge;
