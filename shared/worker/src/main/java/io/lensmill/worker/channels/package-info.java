/** The channels' consumers as SmallRye has them: the one package here that knows what runs the workers. */
package io.lensmill.worker.channels;
