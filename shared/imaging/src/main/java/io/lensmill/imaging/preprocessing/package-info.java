/** What an image goes through before a network sees it. */
package io.lensmill.imaging.preprocessing;
