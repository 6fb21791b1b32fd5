/** How far consumer groups have read, and what was deleted before they came to it. */
package io.lensmill.worker.reading;
