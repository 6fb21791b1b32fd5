/** Numerical building blocks of the metrics, which know none of them: distances, kernels, orders, sums of pairs. */
package io.lensmill.metrics.numerics;
