/** What every Kafka edge shares: topics that are made when missing, dead letters, headers as text. */
package io.lensmill.messaging;
