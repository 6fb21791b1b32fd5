/** The Kafka side of jobs that every worker with long jobs needs: requests to jobs, and topics that are read whole. */
package io.lensmill.jobs.edge;
