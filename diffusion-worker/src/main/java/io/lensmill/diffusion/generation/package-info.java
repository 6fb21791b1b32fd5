/** Generates images in batches that stream into the object store, reproducibly and with a resume at any point. */
package io.lensmill.diffusion.generation;
