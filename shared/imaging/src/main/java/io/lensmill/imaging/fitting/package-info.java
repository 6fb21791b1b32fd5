/** Fits a smooth gravitational lens to an image, and says what it leaves. */
package io.lensmill.imaging.fitting;
