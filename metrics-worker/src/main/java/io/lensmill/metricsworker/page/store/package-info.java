/** What the live page reads in the object store. */
package io.lensmill.metricsworker.page.store;
