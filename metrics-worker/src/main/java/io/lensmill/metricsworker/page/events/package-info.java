/** What the live page is told, and when. */
package io.lensmill.metricsworker.page.events;
