package io.lensmill.jobs;

import java.util.Map;

/**
 * What a job that succeeded says in its last event.
 *
 * @param metrics figures by name
 * @param results what it made, for example modelId, manifest, contactSheet (object keys)
 * @param message a sentence for a person
 */
public record JobResult(Map<String, Double> metrics, Map<String, String> results, String message) {

    public JobResult {
        metrics = Map.copyOf(metrics);
        results = Map.copyOf(results);
    }
}
