package io.lensmill.classifier.training;

import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.Pace;
import io.lensmill.neural.training.NotFiniteException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Leads a run from its newest checkpoint to its last step: epochs, reports, checkpoints, the best weights kept. */
final class TrainingLoop {

    private static final Logger LOG = Logger.getLogger(TrainingLoop.class);

    private final TrainingRun run;
    private final TrainingSettings settings;
    private final List<String> classes;
    private final TrainingCheckpoints checkpoints;
    private final JobContext context;

    private LearningCurve curve = new LearningCurve();
    private Pace pace;
    private long lastCheckpointNanos;

    TrainingLoop(
            TrainingRun run,
            TrainingSettings settings,
            List<String> classes,
            TrainingCheckpoints checkpoints,
            JobContext context) {
        this.run = run;
        this.settings = settings;
        this.classes = classes;
        this.checkpoints = checkpoints;
        this.context = context;
    }

    /**
     * Trains to the end and leaves the weights of the best epoch in the network.
     *
     * @return the learning curve; its best entry is of those weights
     * @throws JobInterruptedException after a checkpoint, when the worker shuts down
     */
    LearningCurve toTheEnd() throws Exception {
        if (!resume()) {
            // A training that diverges before its first checkpoint goes back to this one.
            writeCheckpoint();
        }
        pace = new Pace(run.stepsDone());
        lastCheckpointNanos = System.nanoTime();
        try {
            takeSteps();
            if (curve.epochs().isEmpty()) {
                // No epoch was asked for: the starting weights are what is looked at.
                endEpoch();
            }
        } catch (JobInterruptedException e) {
            writeLastCheckpoint();
            throw e;
        }
        takeBest();
        return curve;
    }

    /** @return whether there was a checkpoint */
    private boolean resume() throws Exception {
        Optional<Map<String, String>> notes = context.insist("reading the checkpoint", () -> checkpoints.restore(run));
        if (notes.isEmpty()) {
            return false;
        }
        curve = LearningCurve.of(notes.get());
        LOG.infof("The training goes on after step %d of %d", run.stepsDone(), run.totalSteps());
        return true;
    }

    private void takeSteps() throws Exception {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = advance();
            } catch (NotFiniteException e) {
                goBack(e);
            }
        }
    }

    /** @return whether there is more to do */
    private boolean advance() throws Exception {
        // Asked before the end: the last epoch, or one whose end was interrupted, is still to be looked at.
        if (run.atEndOfEpoch() && curve.epochs().size() < run.epochsDone()) {
            endEpoch();
        }
        if (ended()) {
            return false;
        }
        context.throwIfStopped();
        checkpointWhenDue();
        double loss = run.step();
        curve.addLoss(loss);
        context.report(progress().withLoss(loss));
        return true;
    }

    /** After the last step, or when the settings' number of epochs brought nothing better. */
    private boolean ended() {
        int patience = settings.earlyStoppingEpochs();
        return run.finished() || (patience > 0 && curve.epochsSinceBest() >= patience);
    }

    private void goBack(NotFiniteException cause) throws Exception {
        run.guard().fall(cause, "A lower learningRate, or a maxGradientNorm of 1, keeps it together.");
        Map<String, String> notes = context.insist("reading the checkpoint", () -> checkpoints.restore(run))
                .orElseThrow(() -> new IllegalStateException(
                        cause.getMessage() + ", and there is no checkpoint in the store to go back to"));
        curve = LearningCurve.of(notes);
        pace = new Pace(run.stepsDone());
        String sentence = run.guard().sentence(cause, run.stepsDone());
        LOG.warn(sentence);
        context.report(progress().withMessage(sentence).atOnce());
        writeCheckpoint();
    }

    private void endEpoch() throws Exception {
        run.requireFinite();
        Evaluation validation = run.validate();
        boolean best = curve.best()
                .map(earlier -> validation.betterThan(earlier.validation()))
                .orElse(true);
        if (best) {
            context.insist("keeping the best weights", () -> {
                checkpoints.writeBest(run.weights(Map.of()));
                return null;
            });
        }
        EpochFigures figures = curve.endEpoch(run.epochsDone(), validation);
        if (best || ended()) {
            // Going back must never lead to before the weights that are kept as the best. What follows the last step
            // takes a while too, and is done again after a crash; the steps are not.
            writeCheckpoint();
        }
        LOG.infof(
                "Epoch %d of %d: loss %.4f, validation accuracy %.4f, macro AUC %.4f",
                figures.epoch(),
                settings.epochs(),
                figures.trainingLoss(),
                validation.accuracy(),
                validation.aucMacro());
        JobProgress progress = figures.epoch() == 0
                ? progress().withMessage("The weights that were given are scored.")
                : progress()
                        .withLoss(figures.trainingLoss())
                        .withMessage("Epoch " + figures.epoch() + " of " + settings.epochs() + " is done.");
        context.report(progress.atOnce());
    }

    /** Where the run stands, with the figures of the last epoch that ended. */
    private JobProgress progress() {
        JobProgress progress = JobProgress.of(run.stepsDone(), run.totalSteps())
                .withEpoch(Math.min(curve.epochs().size(), settings.epochs()), settings.epochs());
        if (run.stepsDone() > 0) {
            progress = progress.withMetric("imagesPerSecond", pace.stepsPerSecond(run.stepsDone()) * run.batchSize());
        }
        if (curve.last().isPresent()) {
            EpochFigures last = curve.last().get();
            if (last.epoch() > 0) {
                progress = progress.withMetric("trainingLoss", last.trainingLoss());
            }
            for (Map.Entry<String, Double> figure :
                    last.validation().asMetrics(classes).entrySet()) {
                progress = progress.withMetric(figure.getKey(), figure.getValue());
            }
        }
        return pace.withEta(progress);
    }

    private void checkpointWhenDue() throws NotFiniteException {
        if (System.nanoTime() - lastCheckpointNanos >= settings.checkpointSeconds() * 1_000_000_000L) {
            writeCheckpoint();
        }
    }

    /** A store that is away costs this checkpoint, never the training. */
    private void writeCheckpoint() throws NotFiniteException {
        run.requireFinite();
        lastCheckpointNanos = System.nanoTime();
        Map<String, String> notes = new HashMap<>();
        curve.writeTo(notes);
        try {
            checkpoints.write(run, notes);
        } catch (IOException e) {
            LOG.warnf(e, "The checkpoint after step %d could not be written; the training goes on", run.stepsDone());
        }
    }

    private void writeLastCheckpoint() {
        try {
            writeCheckpoint();
        } catch (NotFiniteException e) {
            LOG.warnf("%s; the older checkpoint stays", e.getMessage());
        }
    }

    private void takeBest() throws Exception {
        boolean lastIsBest = curve.best().equals(curve.last());
        if (!lastIsBest) {
            run.loadWeights(context.insist("reading the best weights", checkpoints::readBest));
        }
    }
}
