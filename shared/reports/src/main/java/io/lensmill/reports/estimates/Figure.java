package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import java.util.Map;

/**
 * A number of a metric.
 *
 * @param labels which of several: a bandwidth or a class; empty where a metric gives one
 * @param estimate the number
 * @param expected what a perfect generator or classifier would show; null where that is not known
 */
public record Figure(Map<String, String> labels, EstimateDraft estimate, EstimateDraft expected) {

    static final String BANDWIDTH = "bandwidth";
    static final String CLASS = "class";

    static Figure one(EstimateDraft estimate, EstimateDraft expected) {
        return new Figure(Map.of(), estimate, expected);
    }

    static Figure ofBandwidth(String bandwidth, EstimateDraft estimate, EstimateDraft expected) {
        return new Figure(Map.of(BANDWIDTH, bandwidth), estimate, expected);
    }

    static Figure ofClass(String className, EstimateDraft estimate) {
        return new Figure(Map.of(CLASS, className), estimate, null);
    }
}
