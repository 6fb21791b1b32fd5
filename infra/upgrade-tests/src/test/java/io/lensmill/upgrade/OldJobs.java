package io.lensmill.upgrade;

import io.lensmill.contracts.MetricReport;
import java.util.List;
import java.util.Optional;

/** Names and numbers of fixture/make-fixture. */
final class OldJobs {

    static final String CLASSIFIER = "old-classifier";
    static final String DIFFUSION = "old-diffusion";
    static final String GENERATION = "old-generation";
    /** Images of the finished generation. */
    static final int GENERATED = 40;

    static final String HALF_WAY_CLASSIFIER = "half-way-classifier";
    static final String HALF_WAY_DIFFUSION = "half-way-diffusion";
    static final String HALF_WAY_GENERATION = "half-way-generation";
    /** Images that the half-way generation is to make. */
    static final int WANTED = 64;

    /** Labelled real images, and a broken one. */
    static final String HELD_OUT = "held-out";
    /** Images without labels; of six of twelve they have become known later. */
    static final String LATE = "survey/night-2";
    /** Closed by message. */
    static final String CLOSED = "survey/night-3";
    /** Images of the half-way generation. */
    static final String HALF_WAY = "half-way";

    /** An image that is cut off in its middle. */
    static final String BROKEN = "cut-off.npy";

    private OldJobs() {}

    /** The last of these reports that is of the whole collection under the model. */
    static Optional<MetricReport> newestReport(List<MetricReport> reports, String modelId, String collection) {
        return reports.stream()
                .filter(report -> report.getCollection().equals(collection)
                        && report.getWindow().equals("all")
                        && report.getModelId().equals(modelId))
                .reduce((first, second) -> second);
    }
}
