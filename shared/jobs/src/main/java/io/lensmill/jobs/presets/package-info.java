/**
 * Named settings of a training: one properties file per preset, with the reason beside each number, and the checked
 * road from a request's preset and overrides to typed values.
 */
package io.lensmill.jobs.presets;
