/** The executor that makes a Deeplearning4j graph of a network: the reference for the other, and what runs on a GPU. */
package io.lensmill.neural.deeplearning4j;
