/** Matrix products and decompositions, by OpenBLAS where it loads and in plain Java elsewhere. Knows no metric. */
package io.lensmill.metrics.linear;
