/** Jobs, models, reports, scores and samples as tables and paragraphs of at most eighty columns. */
package io.lensmill.cli.report;
