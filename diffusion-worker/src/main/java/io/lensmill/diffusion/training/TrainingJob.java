package io.lensmill.diffusion.training;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetIndex;
import io.lensmill.jobs.CheckpointRecipe;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.neural.Network;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;

/** One training of a diffusion model, from the request to the published model. The model's id is the job's. */
public final class TrainingJob implements Job {

    private static final Logger LOG = Logger.getLogger(TrainingJob.class);

    private final TrainingRequest request;
    private final TrainingEnvironment environment;
    private TrainingSettings settings;

    public TrainingJob(TrainingRequest request, TrainingEnvironment environment) {
        this.request = request;
        this.environment = environment;
    }

    @Override
    public String jobId() {
        return request.getJobId();
    }

    @Override
    public JobKind kind() {
        return JobKind.DIFFUSION_TRAINING;
    }

    @Override
    public void check() throws RefusedException, IOException {
        settings = TrainingSettings.of(request.getPreset(), request.getOverrides());
        Names.requireId("dataset", request.getDataset());
        refuseWhatOnlyClassifiersKnow("labelledDataset", request.getLabelledDataset());
        refuseWhatOnlyClassifiersKnow("adaptTo", request.getAdaptTo());
        try {
            DatasetIndex index = environment.datasets().index(request.getDataset());
            if (settings.classConditioning()) {
                index.requireSomeOfEveryClass();
            }
        } catch (DatasetException e) {
            String way = e.reason() == DatasetException.Reason.CLASS_MISSING
                    ? " Without conditioning=class no classes are needed."
                    : "";
            throw new RefusedException(RefusalCode.UNKNOWN_DATASET, e.getMessage() + way, e);
        }
        startingWeights().check(settings.network());
    }

    private StartingWeights startingWeights() {
        return new StartingWeights(request.getStartFrom(), environment);
    }

    /** A failed job keeps its checkpoint, for whoever looks for the cause. */
    /** Passed over in silence it would be taken for done. */
    private static void refuseWhatOnlyClassifiersKnow(String field, String value) throws RefusedException {
        if (value != null) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    field + " is for classifiers; a diffusion model's request must leave it out, got '" + value + "'.");
        }
    }

    @Override
    public void ended(JobEvent end) throws IOException {
        if (end.getState() != JobState.FAILED) {
            TrainingCheckpoints.delete(environment.store(), jobId());
        }
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        context.report(JobProgress.of(0, 0).withMessage("Reading the dataset").atOnce());
        Dataset data = context.insist("Reading the dataset " + request.getDataset(), this::load);
        try (Network network = environment.networks().build(settings.network())) {
            LOG.infof(
                    "Job %s trains on %d images: %s", jobId(), data.allImages().size(), network.describe());
            startingWeights().set(network, request.getSeed(), context);
            TrainingRun run = new TrainingRun(settings, network, data, request.getSeed());
            TrainingCheckpoints checkpoints = new TrainingCheckpoints(environment.store(), jobId(), recipe(data));
            TrainingSheets sheets = new TrainingSheets(request, settings, data, environment.store(), context);
            Map<String, Double> metrics = new TrainingLoop(run, settings, checkpoints, sheets, context).toTheEnd();
            return publish(run, sheets, metrics, new ModelPublication(request, settings, data, environment), context);
        }
    }

    private Dataset load() throws IOException {
        try {
            return environment.datasets().load(request.getDataset(), settings.preprocessing(), settings.imageSize());
        } catch (DatasetException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private CheckpointRecipe recipe(Dataset data) {
        return new CheckpointRecipe("dataset=" + data.sha256() + " seed=" + request.getSeed() + " startFrom="
                + request.getStartFrom() + " " + settings);
    }

    private JobResult publish(
            TrainingRun run,
            TrainingSheets sheets,
            Map<String, Double> metrics,
            ModelPublication publication,
            JobContext context)
            throws Exception {
        Map<String, byte[]> files = publication.files(run, sheets);
        ModelPublished model =
                context.insist("Writing the model " + jobId(), () -> publication.release(files, metrics));
        context.insist("Publishing the model " + jobId(), () -> {
            environment.publisher().publish(model);
            return model;
        });
        return new JobResult(
                metrics,
                Map.of(
                        "modelId", model.getModelId(),
                        "model", model.getObjectPrefix(),
                        "contactSheet", model.getObjectPrefix() + ModelPublication.CONTACT_SHEET),
                "Model " + model.getModelId() + " is published");
    }
}
