/** A trained diffusion model: what its files say, and the network ready to denoise. */
package io.lensmill.diffusion.model;
