package io.lensmill.classifier.training;

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
import java.util.List;
import java.util.Map;
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
        StartingWeights start = startingWeights();
        if (settings.epochs() == 0 && !start.given()) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "epochs may be 0 only with startFrom, to publish its weights as they are.");
        }
        start.check(settings.network(classes.size()), classes);
    }

    private TrainingSettings settings() throws RefusedException {
        return TrainingSettings.of(request.getPreset(), request.getOverrides());
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
            TrainingRun run = new TrainingRun(settings, network, data, request.getSeed(), environment.computeLock());
            TrainingCheckpoints checkpoints =
                    new TrainingCheckpoints(environment.store(), jobId(), recipe(settings, data));
            LearningCurve curve = new TrainingLoop(run, settings, data.classes(), checkpoints, context).toTheEnd();
            return publish(network, run, curve, new ModelPublication(request, settings, data, environment), context);
        }
    }

    private CheckpointRecipe recipe(TrainingSettings settings, Dataset data) {
        return new CheckpointRecipe(settings + " seed=" + request.getSeed() + " startFrom=" + request.getStartFrom()
                + " data=" + data.sha256());
    }

    private JobResult publish(
            Network network, TrainingRun run, LearningCurve curve, ModelPublication publication, JobContext context)
            throws Exception {
        Map<String, byte[]> files = publication.files(network, curve);
        ModelPublished model = context.insist("writing the model", () -> publication.release(files, curve));
        List<Score> scores = run.scoreValidation();
        publication.publishValidation(files.get(ModelRelease.WEIGHTS), scores);
        // Last: who hears of the model finds its files and its validation results.
        environment.results().publish(model);
        int epoch = curve.best().orElseThrow().epoch();
        String message = "Model " + jobId() + " is published; the weights are those of "
                + (epoch == 0
                        ? request.getStartFrom() + ", as they were."
                        : "epoch " + epoch + ", the best of " + curve.epochs().size() + ".");
        return new JobResult(
                publication.metrics(curve),
                Map.of("modelId", jobId(), "model", model.getObjectPrefix() + ModelRelease.DESCRIPTION),
                message);
    }
}
