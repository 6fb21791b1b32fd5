/** What each operation computes, forward and backward, by ND4J. */
package io.lensmill.neural.deeplearning4j.kernels;
