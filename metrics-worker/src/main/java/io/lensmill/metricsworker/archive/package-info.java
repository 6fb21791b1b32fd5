/** Copies of the reports in the object store, at their own pace. */
package io.lensmill.metricsworker.archive;
