/** Loops over arrays outside the heap, on the processor's cores. */
package io.lensmill.neural.host;
