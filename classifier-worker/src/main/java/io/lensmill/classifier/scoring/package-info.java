/** Images to class scores and embeddings: reading, the models in memory, the networks that score side by side. */
package io.lensmill.classifier.scoring;
