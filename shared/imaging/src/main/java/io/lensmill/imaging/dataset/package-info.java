/**
 * Data sets in the object store: uploaded, checked against their manifest, loaded, or streamed when larger than
 * memory.
 */
package io.lensmill.imaging.dataset;
