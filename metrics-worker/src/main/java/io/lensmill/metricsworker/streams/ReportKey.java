package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.CollectionKey;

/**
 * What a report is of: a collection under a model, over a window of time.
 *
 * @param collection collection and model
 * @param window {@link #ALL} or {@link #LAST_HOUR}
 */
record ReportKey(CollectionKey collection, String window) {

    static final String ALL = "all";
    static final String LAST_HOUR = "last-hour";

    static ReportKey all(CollectionKey collection) {
        return new ReportKey(collection, ALL);
    }

    static ReportKey lastHour(CollectionKey collection) {
        return new ReportKey(collection, LAST_HOUR);
    }

    boolean isAll() {
        return window.equals(ALL);
    }

    /** The key on the reports topic. */
    String text() {
        return isAll() ? collection.text() : collection.text() + "?window=" + window;
    }
}
