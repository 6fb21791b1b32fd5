/**
 * One lifecycle for every long job: a request is checked, accepted, run with progress, cancelled or resumed, and its
 * end is recorded so that nothing is done twice. Knows the contracts and the object store; no Kafka (that is
 * {@link io.lensmill.jobs.edge}).
 */
package io.lensmill.jobs;
