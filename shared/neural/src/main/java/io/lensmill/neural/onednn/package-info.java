/** The executor that compiles a network into a program of oneDNN primitives, once for each shape of its input. */
package io.lensmill.neural.onednn;
