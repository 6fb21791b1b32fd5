/** A training request to a published classifier: settings, batches, the loop with its checkpoints, evaluation. */
package io.lensmill.classifier.training;
