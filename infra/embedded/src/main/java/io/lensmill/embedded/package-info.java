/** A real Kafka broker and a real S3 server in this process, listening on the loopback address only. */
package io.lensmill.embedded;
