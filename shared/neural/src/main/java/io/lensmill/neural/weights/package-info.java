/** Files of weights: the safetensors format, what else a file may be, and how others name the same parameters. */
package io.lensmill.neural.weights;
