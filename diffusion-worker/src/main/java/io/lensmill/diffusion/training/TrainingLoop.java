package io.lensmill.diffusion.training;

import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.Pace;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.StepResult;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;

/** Leads a run from its newest checkpoint to its last step: reports, checkpoints, contact sheets on the way. */
final class TrainingLoop {

    private static final Logger LOG = Logger.getLogger(TrainingLoop.class);
    /**
     * The loss of single steps jumps with the times drawn; the mean of so many steps is what is reported at the end.
     */
    private static final long LOSS_MEMORY = 50;

    private final TrainingRun run;
    private final TrainingSettings settings;
    private final TrainingCheckpoints checkpoints;
    private final TrainingSheets sheets;
    private final JobContext context;

    private Pace pace;
    private long lastCheckpointNanos;
    private String newestSheet;
    private double meanLoss;
    private long losses;

    TrainingLoop(
            TrainingRun run,
            TrainingSettings settings,
            TrainingCheckpoints checkpoints,
            TrainingSheets sheets,
            JobContext context) {
        this.run = run;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.sheets = sheets;
        this.context = context;
    }

    /**
     * Trains to the end.
     *
     * @return figures at the end; empty when there was no step left to do
     * @throws JobInterruptedException after a checkpoint, when the worker shuts down
     */
    Map<String, Double> toTheEnd() throws Exception {
        if (!resume()) {
            // A training that diverges before its first checkpoint goes back to this one.
            writeCheckpoint();
        }
        lastCheckpointNanos = System.nanoTime();
        long resumedAt = run.stepsDone();
        pace = new Pace(resumedAt);
        try {
            takeSteps();
        } catch (JobInterruptedException e) {
            writeLastCheckpoint();
            throw e;
        }
        if (run.stepsDone() > resumedAt) {
            // What follows takes a while too, and is done again after a crash; the steps are not.
            writeCheckpoint();
        }
        return losses == 0 ? Map.of() : Map.of("loss", meanLoss, "imagesPerSecond", imagesPerSecond());
    }

    /** @return whether there was a checkpoint */
    private boolean resume() throws Exception {
        boolean restored = context.insist("reading the checkpoint", () -> checkpoints.restore(run));
        if (restored) {
            LOG.infof("The training goes on after step %d of %d", run.stepsDone(), run.totalSteps());
        }
        return restored;
    }

    private void takeSteps() throws Exception {
        while (!run.finished()) {
            context.throwIfStopped();
            try {
                advance();
            } catch (NotFiniteException e) {
                goBack(e);
            }
        }
    }

    private void advance() throws Exception {
        StepResult result = run.step();
        if (run.finished()) {
            run.requireFinite();
        }
        losses++;
        meanLoss += (result.loss() - meanLoss) / Math.min(losses, LOSS_MEMORY);
        report(result);
        checkpointWhenDue();
        if (!run.finished() && settings.sheetAfter(run.stepsDone())) {
            showSheet();
        }
    }

    private void goBack(NotFiniteException cause) throws Exception {
        String advice = "Lower learningRate (" + settings.learningRate() + ") or maxGradientNorm ("
                + settings.maxGradientNorm() + ").";
        run.guard().fall(cause, advice);
        boolean restored = context.insist("reading the checkpoint", () -> checkpoints.restore(run));
        if (!restored) {
            throw new IllegalStateException(
                    cause.getMessage() + ", and there is no checkpoint in the store to go back to. " + advice, cause);
        }
        pace = new Pace(run.stepsDone());
        String sentence = run.guard().sentence(cause, run.stepsDone());
        LOG.warn(sentence);
        context.report(JobProgress.of(run.stepsDone(), run.totalSteps())
                .withMessage(sentence)
                .atOnce());
        writeCheckpoint();
    }

    private void checkpointWhenDue() throws Exception {
        if (System.nanoTime() - lastCheckpointNanos >= settings.checkpointSeconds() * 1_000_000_000L) {
            run.requireFinite();
            writeCheckpoint();
        }
    }

    private void writeCheckpoint() throws Exception {
        context.insist("writing the checkpoint", () -> {
            checkpoints.write(run);
            return run;
        });
        lastCheckpointNanos = System.nanoTime();
    }

    /** One attempt only: the worker shuts down. Without it the training goes on from the checkpoint before. */
    private void writeLastCheckpoint() {
        try {
            run.requireFinite();
            checkpoints.write(run);
        } catch (NotFiniteException | IOException e) {
            LOG.warnf("%s; the older checkpoint stays", e.getMessage());
        }
    }

    private double imagesPerSecond() {
        return pace.stepsPerSecond(run.stepsDone()) * settings.batchSize();
    }

    private void report(StepResult result) {
        JobProgress progress = JobProgress.of(run.stepsDone(), run.totalSteps())
                .withEpoch(run.epochsDone(), run.totalEpochs())
                .withLoss(result.loss())
                .withMetric("gradientNorm", result.gradientNorm())
                .withMetric("imagesPerSecond", imagesPerSecond());
        if (newestSheet != null) {
            progress = progress.withResult("contactSheet", newestSheet);
        }
        context.report(pace.withEta(progress));
    }

    private void showSheet() throws Exception {
        ObjectKey sheet = sheets.write(run);
        newestSheet = sheet.value();
        context.report(JobProgress.of(run.stepsDone(), run.totalSteps())
                .withResult("contactSheet", newestSheet)
                .withMessage("A contact sheet shows the samples after step " + run.stepsDone() + ".")
                .atOnce());
    }
}
