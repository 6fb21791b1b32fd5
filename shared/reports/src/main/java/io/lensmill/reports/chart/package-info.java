/** Reports and learning curves as pictures. */
package io.lensmill.reports.chart;
