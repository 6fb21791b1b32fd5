/**
 * The classifier worker's edge: images, samples and training requests from Kafka, and their answers to Kafka. The
 * packages below hold the work itself and know nothing of brokers or frameworks.
 */
package io.lensmill.classifier;
