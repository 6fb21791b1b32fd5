package io.lensmill.jobs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a job has come. Built step by step: {@code JobProgress.of(step, total).withLoss(0.3).withMetric(…)}.
 *
 * @param step steps done: optimiser steps of a training, images of a generation
 * @param totalSteps steps of the whole job, 0 when not known
 * @param epoch epochs done, 0 where there are none
 * @param totalEpochs epochs of the whole job, 0 where there are none
 * @param loss training loss since the last report, null where there is none
 * @param etaSeconds estimated seconds to the end, null when not known
 * @param metrics figures by name
 * @param results object keys of what is ready so far, by name
 * @param message a sentence for a person, or ""
 * @param important true: never held back by the limit of one event a second
 */
public record JobProgress(
        long step,
        long totalSteps,
        int epoch,
        int totalEpochs,
        Double loss,
        Double etaSeconds,
        Map<String, Double> metrics,
        Map<String, String> results,
        String message,
        boolean important) {

    public JobProgress {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    public static JobProgress of(long step, long totalSteps) {
        return new JobProgress(step, totalSteps, 0, 0, null, null, Map.of(), Map.of(), "", false);
    }

    public JobProgress withEpoch(int done, int total) {
        return new JobProgress(step, totalSteps, done, total, loss, etaSeconds, metrics, results, message, important);
    }

    public JobProgress withLoss(double value) {
        return new JobProgress(
                step, totalSteps, epoch, totalEpochs, value, etaSeconds, metrics, results, message, important);
    }

    public JobProgress withEta(double seconds) {
        return new JobProgress(
                step, totalSteps, epoch, totalEpochs, loss, seconds, metrics, results, message, important);
    }

    public JobProgress withMetric(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        more.put(name, value);
        return new JobProgress(
                step, totalSteps, epoch, totalEpochs, loss, etaSeconds, more, results, message, important);
    }

    public JobProgress withResult(String name, String objectKey) {
        Map<String, String> more = new LinkedHashMap<>(results);
        more.put(name, objectKey);
        return new JobProgress(
                step, totalSteps, epoch, totalEpochs, loss, etaSeconds, metrics, more, message, important);
    }

    public JobProgress withMessage(String text) {
        return new JobProgress(
                step, totalSteps, epoch, totalEpochs, loss, etaSeconds, metrics, results, text, important);
    }

    /** The same report, to be published at once. */
    public JobProgress atOnce() {
        return new JobProgress(step, totalSteps, epoch, totalEpochs, loss, etaSeconds, metrics, results, message, true);
    }
}
