/** Pictures of images for people to look at. */
package io.lensmill.imaging.picture;
