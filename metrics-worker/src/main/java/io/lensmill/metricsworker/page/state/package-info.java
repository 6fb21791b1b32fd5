/** What the live page shows, as plain records. */
package io.lensmill.metricsworker.page.state;
