package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.JobProgressLine;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Sends the demo's job requests and waits for their ends; keeps every event for the loss curves. */
final class DemoJobs {

    private final Broker broker;
    private final Screen screen;
    private final Runnable check;
    private final Map<String, List<JobEvent>> events = new HashMap<>();
    private volatile String lastNews = "none";

    /** @param check runs while waiting; throws when waiting has become pointless */
    DemoJobs(Broker broker, Screen screen, Runnable check) {
        this.broker = broker;
        this.screen = screen;
        this.check = check;
    }

    Void trainClassifier(String jobId, String dataset, String preset, long seed) throws InterruptedException {
        return run(Topics.CLASSIFIER_TRAINING_REQUESTS, jobId, training(jobId, dataset, preset, seed), "steps");
    }

    Void trainDiffusion(String jobId, String dataset, String preset, long seed) throws InterruptedException {
        return run(Topics.DIFFUSION_TRAINING_REQUESTS, jobId, training(jobId, dataset, preset, seed), "steps");
    }

    Void generate(String jobId, int count, int steps, String collection, String reference, long seed)
            throws InterruptedException {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setJobId(jobId)
                .setCount(count)
                .setSampler(Sampler.DDIM)
                .setSteps(steps)
                .setSeed(seed)
                .setCollection(collection)
                .setReference(reference)
                .build();
        return run(Topics.GENERATION_REQUESTS, jobId, request, "images");
    }

    /** Events of the job in the order in which they came. */
    List<JobEvent> eventsOf(String jobId) {
        return events.getOrDefault(jobId, List.of());
    }

    /** The newest event of any job, in a few words. */
    String lastNews() {
        return lastNews;
    }

    private Void run(Topic topic, String jobId, SpecificRecord request, String unit) throws InterruptedException {
        List<JobEvent> seen = new ArrayList<>();
        events.put(jobId, seen);
        try (JobWatch watch = JobWatch.open(broker, jobId);
                Progress progress = screen.progress("    " + jobId, unit, 0)) {
            broker.send(topic, jobId, request);
            JobEvent end = watch.awaitEnd(
                    event -> {
                        seen.add(event);
                        lastNews = "%s %s, step %d of %d. %s"
                                .formatted(
                                        event.getJobId(),
                                        event.getState(),
                                        event.getStep(),
                                        event.getTotalSteps(),
                                        event.getMessage());
                        JobProgressLine.show(event, progress);
                    },
                    check);
            requireSuccess(end);
        }
        return null;
    }

    private static void requireSuccess(JobEvent end) {
        if (end.getState() != JobState.SUCCEEDED) {
            throw new CommandFailure("job " + end.getJobId() + " ended as " + end.getState() + ": " + end.getMessage());
        }
    }

    private static TrainingRequest training(String jobId, String dataset, String preset, long seed) {
        return TrainingRequest.newBuilder()
                .setJobId(jobId)
                .setDataset(dataset)
                .setPreset(preset)
                .setSeed(seed)
                .build();
    }
}
