/** How close and how varied two sets of embeddings are: FID, KID, kernel entropies, memorisation. */
package io.lensmill.metrics.realism;
