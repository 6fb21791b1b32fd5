/** The executor by oneDNN: a network compiled into a program for each shape, whole or in slices side by side. */
package io.lensmill.neural.onednn.network;
