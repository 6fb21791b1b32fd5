package io.lensmill.cli.report;

import io.lensmill.contracts.Estimate;
import io.lensmill.reports.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers that are in doubt, marked where they stand; equal reasons share a mark and are told once, below. */
final class Doubts {

    private final Map<String, Integer> reasons = new LinkedHashMap<>();

    /** For example " *2"; empty for a number that can be taken as it is. */
    String mark(Estimate estimate) {
        String doubt = Figures.doubt(estimate);
        if (doubt.isEmpty()) {
            return "";
        }
        return " *" + reasons.computeIfAbsent(doubt, unused -> reasons.size() + 1);
    }

    /** The reasons, a paragraph each. */
    List<String> paragraphs(int indent) {
        return reasons.entrySet().stream()
                .map(reason -> Paragraph.indented("*" + reason.getValue() + " " + reason.getKey(), indent))
                .toList();
    }
}
