package io.lensmill.diffusion.training;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetIndex;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import java.io.IOException;

/** The job that a training request asks for. */
public final class TrainingJob implements Job {

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
        Names.requireJobId("dataset", request.getDataset());
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
        if (request.getStartFrom() != null) {
            new StartingWeights(environment).check(request.getStartFrom(), settings);
        }
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        context.report(JobProgress.of(0, 0).withMessage("Reading the dataset").atOnce());
        Dataset dataset = context.insist("Reading the dataset " + request.getDataset(), this::load);
        return new TrainingRun(request, settings, environment, dataset, context).run();
    }

    /** A failed training keeps its checkpoint, for those who want to know why. */
    @Override
    public void ended(JobEvent end) throws IOException {
        if (end.getState() != JobState.FAILED) {
            Checkpoints.remove(environment.store(), jobId());
        }
    }

    private Dataset load() throws IOException {
        try {
            return environment.datasets().load(request.getDataset(), settings.preprocessing(), settings.imageSize());
        } catch (DatasetException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
