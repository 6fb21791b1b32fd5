/**
 * How each operation becomes primitives, forward and backward; {@code Stages} joins operations that one primitive can
 * do.
 */
package io.lensmill.neural.onednn.lowering;
