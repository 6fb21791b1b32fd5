/** Trains diffusion models: settings, batches, the loss, the loop with its checkpoints, the release. */
package io.lensmill.diffusion.training;
