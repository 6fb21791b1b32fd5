/** What the live page shows, as plain records. */
package io.lensmill.metrics.page.state;
