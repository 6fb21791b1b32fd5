package io.lensmill.cli.demo;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.MetricReport;
import java.util.List;
import java.util.Map;

/**
 * What a demo found out.
 *
 * @param published images published on lensmill.images
 * @param classified of these, with a classification
 * @param refused id of each dead-lettered one to its reason
 * @param generated images that were generated
 * @param generatedClassified of these, with a classification
 * @param heldOut last report of the held-out images
 * @param made last report of the generated images
 * @param classifierTraining events of that job
 * @param diffusionTraining events of that job
 */
record Findings(
        int published,
        int classified,
        Map<String, String> refused,
        int generated,
        int generatedClassified,
        MetricReport heldOut,
        MetricReport made,
        List<JobEvent> classifierTraining,
        List<JobEvent> diffusionTraining) {

    /** Whether every image came to exactly one end, the broken ones and no others as dead letters. */
    boolean addsUp(int broken) {
        return published == classified + refused.size() && refused.size() == broken && generated == generatedClassified;
    }
}
