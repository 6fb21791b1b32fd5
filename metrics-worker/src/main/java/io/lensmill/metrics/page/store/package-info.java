/** What the live page reads in the object store. */
package io.lensmill.metrics.page.store;
