/** Fits of lenses: lines of JSON, a table, and the prior that they give. */
package io.lensmill.cli.fits;
