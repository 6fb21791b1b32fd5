package io.lensmill.classifier.training;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.classifier.foreign.Looks;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One network on its way from fresh weights to the last step. What a step does depends on the settings, the seed and
 * the step's number alone, so a run that goes on from a checkpoint ends with the same weights as one that never
 * stopped.
 */
final class TrainingRun {

    private static final String IMAGE = "image";
    private static final int SCORING_BATCH = 64;

    /** With a momentum of 0.1, a hundred steps leave 3e-5 of what was there before. */
    private static final int ADAPTATION_STEPS = 100;

    /** Thirty times what a covariance of 128 features has numbers per row, and read in seconds. */
    private static final int LEARNED_SAMPLE = 4096;

    private final TrainingSettings settings;
    private final Network network;
    private final Dataset.Split training;
    private final Dataset.Split validation;
    private final Optional<LabelledImages> labelled;
    private final ComputeLock.Access access;
    private final Trainer trainer;
    private final BatchPlan plan;
    private final LearningRateSchedule schedule;
    private final Scorer scorer;

    /**
     * @param network with the weights to start from
     * @param data prepared for the settings' image size
     * @param labelled further images, which take their share of each batch
     * @param computeLock held for every step and every batch of the validation
     */
    TrainingRun(
            TrainingSettings settings,
            Network network,
            Dataset data,
            Optional<LabelledImages> labelled,
            long seed,
            ComputeLock computeLock) {
        this.settings = settings;
        this.network = network;
        this.training = data.train();
        this.validation = data.validation();
        this.labelled = labelled;
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
        Tensor images = images(training.images(), batch);
        int[] labels = labels(batch);
        labelled.ifPresent(further -> replaceShare(further, step, batch, images, labels));
        Map<String, Tensor> inputs = Map.of(IMAGE, images);
        CrossEntropy loss = new CrossEntropy("logits", labels, settings.labelSmoothing());
        return access.run(() -> trainer.step(inputs, loss, schedule.at(step), plan.stepSeed(step)))
                .loss();
    }

    /** Those of the batch, each in its symmetry. */
    private Tensor images(List<FloatImage> from, BatchPlan.Batch batch) {
        int size = settings.imageSize();
        int rows = batch.indexes().length;
        Tensor images = Tensor.zeros(rows, size, size, 1);
        for (int i = 0; i < rows; i++) {
            FloatImage image = from.get(batch.indexes()[i]);
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

    /** The last of the batch give way, so that a run without further images is what it always was. */
    private void replaceShare(LabelledImages further, long step, BatchPlan.Batch batch, Tensor images, int[] labels) {
        int size = settings.imageSize();
        int count = (int) Math.round(settings.labelledShare() * plan.batchSize());
        int[] places = plan.labelled(step, further.byClass(), count);
        for (int i = 0; i < count; i++) {
            int at = plan.batchSize() - count + i;
            FloatImage image = further.images().get(places[i]);
            Dihedral.apply(image.pixels(), size, batch.symmetries()[at], images.values(), at * size * size);
            labels[at] = further.labels()[places[i]];
        }
    }

    /**
     * Sets the running statistics of batch normalisation to those of other images; no weight changes (Li et al. 2016,
     * "Revisiting batch normalization for practical domain adaptation"). The statistics are moving averages, so the
     * images are gone through until nothing is left of the old ones.
     *
     * @param images prepared as those of the training, at least one
     */
    void adaptTo(List<FloatImage> images) {
        int rows = Math.min(SCORING_BATCH, images.size());
        BatchPlan order = new BatchPlan(images.size(), rows, settings.dihedral(), plan.stepSeed(totalSteps()));
        for (int step = 0; step < ADAPTATION_STEPS; step++) {
            BatchPlan.Batch batch = order.at(step);
            Tensor inputs = images(images, batch);
            long seed = order.stepSeed(step);
            access.run(() -> network.forward(Map.of(IMAGE, inputs), seed));
        }
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
     * Tells images that are not like those that the network has learned, with the weights of now.
     *
     * @param validation what {@link #scoreValidation} gave with the same weights
     */
    ForeignDetector foreign(List<Score> validation) {
        List<FloatImage> images = new ArrayList<>();
        int sampled = Math.min(LEARNED_SAMPLE, training.size());
        int[] labels = new int[sampled];
        for (int i = 0; i < sampled; i++) {
            // Evenly over the set, which is sorted by class.
            int index = (int) ((long) i * training.size() / sampled);
            images.add(training.images().get(index));
            labels[i] = training.labels()[index];
        }
        return ForeignDetector.fit(looks(scorer.score(images)), labels, looks(validation));
    }

    private static List<Looks> looks(List<Score> scores) {
        return scores.stream().map(Score::looks).toList();
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
