/** Two samples of numbers compared, whatever their distributions. */
package io.lensmill.metrics.distribution;
