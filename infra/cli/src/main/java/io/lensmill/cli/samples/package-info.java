/** Generated images: where they stand, and how they come to a local folder. */
package io.lensmill.cli.samples;
