/** The way back from noise to images. Sees a network only as a function of noisy images and times. */
package io.lensmill.diffusion.sampling;
