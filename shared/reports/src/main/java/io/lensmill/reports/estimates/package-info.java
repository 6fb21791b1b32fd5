/**
 * The numbers of a report: one file per metric, a list of those of realism ({@link
 * io.lensmill.reports.estimates.RealismFigures}) and one of those of classification ({@link
 * io.lensmill.reports.estimates.ClassificationFigures}). The metrics worker and the command {@code metrics} work them
 * out in here; whoever shows them walks the list.
 */
package io.lensmill.reports.estimates;
