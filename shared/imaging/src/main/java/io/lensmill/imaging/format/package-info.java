/** Image files: one codec per format, strict and within limits, and the list of all formats. */
package io.lensmill.imaging.format;
