/**
 * Lens images: their files, read strictly and within limits; what they go through before a network sees them; pictures of
 * them for people.
 */
package io.lensmill.imaging;
