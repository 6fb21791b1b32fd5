package io.lensmill.classifier.training;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.classifier.scoring.Score;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.CheckpointRecipe;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.neural.Network;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One training of a classifier, from the request to the published model. The model's id is the job's. */
public final class TrainingJob implements Job {

    private static final Logger LOG = Logger.getLogger(TrainingJob.class);

    private final TrainingRequest request;
    private final TrainingEnvironment environment;
    private final DatasetSource datasets;

    public TrainingJob(TrainingRequest request, TrainingEnvironment environment) {
        this.request = request;
        this.environment = environment;
        this.datasets = new DatasetSource(environment.store());
    }

    @Override
    public String jobId() {
        return request.getJobId();
    }

    @Override
    public JobKind kind() {
        return JobKind.CLASSIFIER_TRAINING;
    }

    @Override
    public void check() throws RefusedException, IOException {
        Names.requireId("dataset", request.getDataset());
        TrainingSettings settings = settings();
        List<String> classes = datasets.check(request.getDataset());
        datasets.checkFurther("labelledDataset", request.getLabelledDataset(), true);
        datasets.checkFurther("adaptTo", request.getAdaptTo(), false);
        StartingWeights start = startingWeights();
        if (settings.epochs() == 0 && !start.given()) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "epochs may be 0 only with startFrom, to publish its weights as they are.");
        }
        start.check(settings.network(classes.size()), classes);
    }

    /** The preset's, but for what the model to start from prescribes, and for what the request overrides. */
    private TrainingSettings settings() throws RefusedException, IOException {
        Map<String, String> overrides = new HashMap<>(startingWeights().settings());
        overrides.putAll(request.getOverrides());
        return TrainingSettings.of(request.getPreset(), overrides);
    }

    private StartingWeights startingWeights() {
        return new StartingWeights(request.getStartFrom(), environment);
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        try {
            return train(context);
        } catch (WorkerStoppedException e) {
            throw new JobInterruptedException();
        }
    }

    /** A failed job keeps its checkpoint, for whoever looks for the cause. */
    @Override
    public void ended(JobEvent end) throws IOException {
        if (end.getState() != JobState.FAILED) {
            TrainingCheckpoints.delete(environment.store(), jobId());
        }
    }

    private JobResult train(JobContext context) throws Exception {
        TrainingSettings settings = settings();
        Dataset data = datasets.load(request.getDataset(), settings, context);
        try (Network network =
                environment.networks().apply(settings.network(data.classes().size()))) {
            LOG.infof(
                    "Job %s trains %d parameters on %d images: %s",
                    jobId(), network.parameters().count(), data.train().size(), network.describe());
            startingWeights().set(network, request.getSeed(), context);
            Optional<Dataset> further = further(request.getLabelledDataset(), settings, context);
            TrainingRun run = new TrainingRun(
                    settings,
                    network,
                    data,
                    further.map(LabelledImages::of),
                    request.getSeed(),
                    environment.computeLock());
            TrainingCheckpoints checkpoints =
                    new TrainingCheckpoints(environment.store(), jobId(), recipe(settings, data, further));
            LearningCurve curve = new TrainingLoop(run, settings, data.classes(), checkpoints, context).toTheEnd();
            // Not part of the checkpoint: after a crash it is done again.
            further(request.getAdaptTo(), settings, context).ifPresent(images -> run.adaptTo(images.allImages()));
            return publish(network, run, data, curve, context);
        }
    }

    /** @param name of a dataset, or null for none */
    private Optional<Dataset> further(String name, TrainingSettings settings, JobContext context) throws Exception {
        return name == null ? Optional.empty() : Optional.of(datasets.load(name, settings, context));
    }

    /** Without further images it reads as before there were any, so that a job goes on across the upgrade. */
    private CheckpointRecipe recipe(TrainingSettings settings, Dataset data, Optional<Dataset> further) {
        return new CheckpointRecipe(settings.recipe(further.isPresent()) + " seed=" + request.getSeed() + " startFrom="
                + request.getStartFrom() + " data=" + data.sha256()
                + further.map(images -> " labelledData=" + images.sha256()).orElse(""));
    }

    private JobResult publish(Network network, TrainingRun run, Dataset data, LearningCurve curve, JobContext context)
            throws Exception {
        ModelPublication publication = new ModelPublication(request, settings(), data, environment);
        List<Score> scores = run.scoreValidation();
        ForeignDetector foreign = run.foreign(scores);
        EpochFigures best = curve.best().orElseThrow();
        // Other statistics of batch normalisation, other figures.
        EpochFigures figures = request.getAdaptTo() == null
                ? best
                : new EpochFigures(
                        best.epoch(),
                        best.trainingLoss(),
                        Evaluation.of(scores, data.validation().labels()));
        Map<String, byte[]> files = publication.files(network, curve, figures, foreign);
        ModelPublished model = context.insist("writing the model", () -> publication.release(files, figures));
        publication.publishValidation(files.get(ModelRelease.WEIGHTS), scores, foreign);
        // Last: who hears of the model finds its files and its validation results.
        environment.results().publish(model);
        String message = "Model " + jobId() + " is published; the weights are those of "
                + (best.epoch() == 0
                        ? request.getStartFrom() + ", as they were."
                        : "epoch " + best.epoch() + ", the best of "
                                + curve.epochs().size() + ".");
        return new JobResult(
                publication.metrics(figures),
                Map.of("modelId", jobId(), "model", model.getObjectPrefix() + ModelRelease.DESCRIPTION),
                message);
    }
}
