package io.lensmill.reports.estimates;

import java.util.List;

/**
 * A number, or one per kernel, that says how close or how varied images are in embedding space. A new one is a file in
 * this package and a line in {@link RealismFigures#METRICS}: reports, gauges, page, tables and pictures then show it.
 */
public interface RealismMetric {

    MetricDescription description();

    /**
     * Whether it looks at single rows, so that many images take seconds; otherwise at moments, which are always there.
     */
    boolean looksAtRows();

    /** Of a set held against its reference. */
    List<Figure> compared(Comparison comparison);

    /** Of a set without a comparison: what can be told, the rest absent with the reason. */
    List<Figure> alone(LoneSet set);
}
