/**
 * Grey images and what all rooms need: the limits of a file, the reason why one is refused, progress, and work on
 * several threads.
 */
package io.lensmill.imaging;
