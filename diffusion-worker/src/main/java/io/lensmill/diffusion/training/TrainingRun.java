package io.lensmill.diffusion.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.ContactSheet;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.jobs.Pace;
import io.lensmill.neural.Network;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.StepResult;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** One training from its dataset to its model, with the outside world: progress, checkpoints, release. */
final class TrainingRun {

    private static final Logger LOG = Logger.getLogger(TrainingRun.class);
    /** The loss of single steps jumps with the times drawn; the mean of so many steps is what is reported at the end. */
    private static final long LOSS_MEMORY = 50;

    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final TrainingEnvironment environment;
    private final Dataset dataset;
    private final JobContext context;
    private final List<FloatImage> images;
    private final long totalSteps;
    private final TrainingSheets sheets;
    private String newestSheet;
    private double meanLoss;
    private long losses;

    TrainingRun(
            TrainingRequest request,
            TrainingSettings settings,
            TrainingEnvironment environment,
            Dataset dataset,
            JobContext context) {
        this.request = request;
        this.settings = settings;
        this.environment = environment;
        this.dataset = dataset;
        this.context = context;
        // Nothing is held out: samples are judged by their distance to real images, not by a loss.
        this.images = dataset.allImages();
        this.totalSteps = settings.totalSteps(images.size());
        this.sheets = new TrainingSheets(settings, dataset, request.getSeed(), context);
    }

    JobResult run() throws Exception {
        try (Network network = environment.networks().build(settings.network())) {
            LOG.infof("Job %s: %s, %d images", request.getJobId(), network.describe(), images.size());
            network.initialise(request.getSeed());
            if (request.getStartFrom() != null) {
                new StartingWeights(environment).load(request.getStartFrom(), network);
            }
            DiffusionTraining training =
                    new DiffusionTraining(settings, network, images, dataset.allLabels(), request.getSeed());
            double imagesPerSecond = train(network, training);
            return release(network, training, imagesPerSecond);
        }
    }

    private double train(Network network, DiffusionTraining training) throws Exception {
        Checkpoints checkpoints = new Checkpoints(
                environment.store(), request.getJobId(), recipe(), Duration.ofSeconds(settings.checkpointSeconds()));
        if (!checkpoints.resume(training)) {
            // A training that diverges before its first checkpoint goes back to this one.
            checkpoints.writeNow(training, context);
        }
        long resumedAt = training.stepsDone();
        Pace pace = new Pace(resumedAt);
        try {
            while (training.stepsDone() < totalSteps) {
                context.throwIfStopped();
                try {
                    advance(network, training, checkpoints, pace);
                } catch (NotFiniteException e) {
                    goBack(e, training, checkpoints);
                    pace = new Pace(training.stepsDone());
                }
            }
        } catch (JobInterruptedException e) {
            writeLast(training, checkpoints);
            throw e;
        }
        if (training.stepsDone() > resumedAt) {
            // What follows takes a while too, and is done again after a crash; the steps are not.
            checkpoints.writeNow(training, context);
        }
        return pace.stepsPerSecond(training.stepsDone()) * settings.batchSize();
    }

    private void advance(Network network, DiffusionTraining training, Checkpoints checkpoints, Pace pace)
            throws Exception {
        StepResult result = training.step();
        if (training.stepsDone() == totalSteps) {
            training.requireFinite();
        }
        losses++;
        meanLoss += (result.loss() - meanLoss) / Math.min(losses, LOSS_MEMORY);
        report(training.stepsDone(), result, pace);
        checkpoints.writeWhenDue(training, context);
        if (training.stepsDone() < totalSteps && settings.sheetAfter(training.stepsDone())) {
            showSheet(network, training);
        }
    }

    private void goBack(NotFiniteException cause, DiffusionTraining training, Checkpoints checkpoints)
            throws Exception {
        String advice = "Lower learningRate (" + settings.learningRate() + ") or maxGradientNorm ("
                + settings.maxGradientNorm() + ").";
        training.guard().fall(cause, advice);
        boolean restored = context.insist(
                "Reading the checkpoint of job " + request.getJobId(), () -> checkpoints.resume(training));
        if (!restored) {
            throw new IllegalStateException(
                    cause.getMessage() + ", and there is no checkpoint in the store to go back to. " + advice, cause);
        }
        String sentence = training.guard().sentence(cause, training.stepsDone());
        LOG.warnf("Job %s: %s", request.getJobId(), sentence);
        context.report(JobProgress.of(training.stepsDone(), totalSteps)
                .withMessage(sentence)
                .atOnce());
        checkpoints.writeNow(training, context);
    }

    private void writeLast(DiffusionTraining training, Checkpoints checkpoints) throws IOException {
        try {
            training.requireFinite();
            checkpoints.write(training);
        } catch (NotFiniteException e) {
            LOG.warnf("Job %s: %s; the older checkpoint stays", request.getJobId(), e.getMessage());
        }
    }

    private void report(long stepsDone, StepResult result, Pace pace) {
        long seen = stepsDone * settings.batchSize();
        JobProgress progress = JobProgress.of(stepsDone, totalSteps)
                .withEpoch(
                        Math.toIntExact(seen / images.size()),
                        Math.toIntExact(totalSteps * settings.batchSize() / images.size()))
                .withLoss(result.loss())
                .withMetric("gradientNorm", result.gradientNorm())
                .withMetric("imagesPerSecond", pace.stepsPerSecond(stepsDone) * settings.batchSize());
        if (newestSheet != null) {
            progress = progress.withResult("contactSheet", newestSheet);
        }
        context.report(pace.withEta(progress));
    }

    private JobResult release(Network network, DiffusionTraining training, double imagesPerSecond) throws Exception {
        byte[] plain = training.weights();
        byte[] averaged = training.averagedWeights();
        network.parameters().loadSafetensors(averaged);
        List<ContactSheet.Row> rows = new ArrayList<>(List.of(sheets.real()));
        rows.addAll(sheets.generated(network, "averaged weights"));
        byte[] sheet = ContactSheet.png(rows);
        Map<String, Double> metrics =
                losses == 0 ? Map.of() : Map.of("loss", meanLoss, "imagesPerSecond", imagesPerSecond);
        ModelPublication publication = new ModelPublication(new ModelRelease(environment.store(), environment.clock()));
        ModelPublication.Parts parts = new ModelPublication.Parts(averaged, plain, sheet, metrics);
        ModelPublished model = context.insist("Writing the model " + request.getJobId(), () -> {
            return publication.write(request, settings, dataset, parts);
        });
        context.insist("Publishing the model " + request.getJobId(), () -> {
            environment.publisher().publish(model);
            return model;
        });
        Map<String, String> results = Map.of(
                "modelId", model.getModelId(),
                "model", model.getObjectPrefix(),
                "contactSheet", model.getObjectPrefix() + ModelPublication.CONTACT_SHEET);
        return new JobResult(metrics, results, "Model " + model.getModelId() + " is published");
    }

    /** Shows how far the training is: samples of the weights as they are, and of their average. */
    private void showSheet(Network network, DiffusionTraining training) throws Exception {
        List<ContactSheet.Row> rows = new ArrayList<>(List.of(sheets.real()));
        rows.addAll(sheets.generated(network, "weights after step " + training.stepsDone()));
        rows.addAll(training.<List<ContactSheet.Row>, Exception>withAveragedWeights(
                () -> sheets.generated(network, "averaged weights")));
        byte[] sheet = ContactSheet.png(rows);
        ObjectKey key = BucketLayout.trainingSheet(request.getJobId(), training.stepsDone());
        context.insist("Writing " + key, () -> {
            environment.store().put(key, sheet);
            return key;
        });
        newestSheet = key.value();
        context.report(JobProgress.of(training.stepsDone(), totalSteps)
                .withResult("contactSheet", newestSheet)
                .withMessage("A contact sheet shows the samples after step " + training.stepsDone() + ".")
                .atOnce());
    }

    private String recipe() {
        return "dataset=" + dataset.sha256() + " seed=" + request.getSeed() + " startFrom=" + request.getStartFrom()
                + " " + settings;
    }
}
