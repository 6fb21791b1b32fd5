package io.lensmill.classifier.training;

import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.classifier.scoring.Score;
import io.lensmill.classifier.scoring.Scorer;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.preprocessing.Dihedral;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.training.CrossEntropy;
import io.lensmill.neural.training.DivergenceGuard;
import io.lensmill.neural.training.LearningRateSchedule;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One network on its way from fresh weights to the last step. What a step does depends on the settings, the seed and
 * the step's number alone, so a run that goes on from a checkpoint ends with the same weights as one that never
 * stopped.
 */
final class TrainingRun {

    private static final int SCORING_BATCH = 64;

    private final TrainingSettings settings;
    private final Network network;
    private final Dataset.Split training;
    private final Dataset.Split validation;
    private final ComputeLock.Access access;
    private final Trainer trainer;
    private final BatchPlan plan;
    private final LearningRateSchedule schedule;
    private final Scorer scorer;

    /**
     * @param network with the weights to start from
     * @param data prepared for the settings' image size
     * @param computeLock held for every step and every batch of the validation
     */
    TrainingRun(TrainingSettings settings, Network network, Dataset data, long seed, ComputeLock computeLock) {
        this.settings = settings;
        this.network = network;
        this.training = data.train();
        this.validation = data.validation();
        this.access = computeLock.exclusive();
        this.trainer = new Trainer(network, settings.optimiser(), settings.maxGradientNorm(), Optional.empty());
        this.plan = new BatchPlan(training.size(), settings.batchSize(), settings.dihedral(), seed);
        this.schedule = settings.schedule(totalSteps());
        this.scorer = new Scorer(network, settings.imageSize(), SCORING_BATCH, access);
    }

    /**
     * Does the next step.
     *
     * @return the loss before the step
     * @throws NotFiniteException when the loss or a gradient is NaN or infinite
     */
    double step() throws NotFiniteException {
        long step = trainer.stepsDone();
        BatchPlan.Batch batch = plan.at(step);
        Map<String, Tensor> inputs = Map.of("image", images(batch));
        CrossEntropy loss = new CrossEntropy("logits", labels(batch), settings.labelSmoothing());
        return access.run(() -> trainer.step(inputs, loss, schedule.at(step), plan.stepSeed(step)))
                .loss();
    }

    private Tensor images(BatchPlan.Batch batch) {
        int size = settings.imageSize();
        Tensor images = Tensor.zeros(plan.batchSize(), size, size, 1);
        for (int i = 0; i < plan.batchSize(); i++) {
            FloatImage image = training.images().get(batch.indexes()[i]);
            Dihedral.apply(image.pixels(), size, batch.symmetries()[i], images.values(), i * size * size);
        }
        return images;
    }

    private int[] labels(BatchPlan.Batch batch) {
        int[] labels = new int[plan.batchSize()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = training.labels()[batch.indexes()[i]];
        }
        return labels;
    }

    /** @throws NotFiniteException when a parameter is NaN or infinite */
    void requireFinite() throws NotFiniteException {
        trainer.requireFinite();
    }

    /** Counts divergences, through checkpoints too. */
    DivergenceGuard guard() {
        return trainer.guard();
    }

    /** Scores the whole validation split with the weights of now. */
    List<Score> scoreValidation() {
        return scorer.score(validation.images());
    }

    /**
     * Holds {@link #scoreValidation} against the labels.
     *
     * @throws NotFiniteException when a score is NaN, as of weights that are finite and too large
     */
    Evaluation validate() throws NotFiniteException {
        List<Score> scores = scoreValidation();
        for (Score score : scores) {
            if (Float.isNaN(score.probabilities()[score.predicted()])) {
                throw new NotFiniteException("A score of the validation split is NaN after step " + stepsDone());
            }
        }
        return Evaluation.of(scores, validation.labels());
    }

    long stepsDone() {
        return trainer.stepsDone();
    }

    long totalSteps() {
        return (long) plan.stepsPerEpoch() * settings.epochs();
    }

    int epochsDone() {
        return (int) (stepsDone() / plan.stepsPerEpoch());
    }

    /** Whether the last step was the last of its epoch. */
    boolean atEndOfEpoch() {
        return stepsDone() > 0 && stepsDone() % plan.stepsPerEpoch() == 0;
    }

    boolean finished() {
        return stepsDone() >= totalSteps();
    }

    /** Images of one step. */
    int batchSize() {
        return plan.batchSize();
    }

    /** The weights of now, as safetensors. */
    byte[] weights(Map<String, String> metadata) {
        return network.parameters().toSafetensors(metadata);
    }

    void loadWeights(byte[] weights) throws IOException {
        network.parameters().loadSafetensors(weights);
    }

    byte[] checkpoint(Map<String, String> notes) {
        return trainer.checkpoint(notes);
    }

    /** @return the notes that stand in the checkpoint */
    Map<String, String> restore(byte[] checkpoint) throws IOException {
        return trainer.restore(checkpoint);
    }
}
