/**
 * The diffusion worker's edge: requests from Kafka to jobs, and their answers to Kafka. The packages below hold the
 * work itself and know nothing of brokers, stores' clients or frameworks.
 */
package io.lensmill.diffusion;
