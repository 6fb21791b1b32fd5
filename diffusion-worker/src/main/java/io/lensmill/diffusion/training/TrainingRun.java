package io.lensmill.diffusion.training;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.neural.Network;
import io.lensmill.neural.training.DivergenceGuard;
import io.lensmill.neural.training.LearningRateSchedule;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.StepResult;
import io.lensmill.neural.training.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One network on its way from its first weights to the last step. What a step does depends on the settings, the seed
 * and the step's number alone, so a run that goes on from a checkpoint ends with the same weights as one that never
 * stopped.
 */
final class TrainingRun {

    private final TrainingSettings settings;
    private final Network network;
    private final int images;
    private final Trainer trainer;
    private final TrainingBatches batches;
    private final LearningRateSchedule learningRate;

    /**
     * @param network with the weights to start from
     * @param data prepared for the settings' image size. Nothing is held out: samples are judged by their distance to
     *     real images, not by a loss
     * @param seed of order, augmentation, times and noise
     */
    TrainingRun(TrainingSettings settings, Network network, Dataset data, long seed) {
        List<FloatImage> all = data.allImages();
        this.settings = settings;
        this.network = network;
        this.images = all.size();
        this.trainer = new Trainer(
                network, settings.optimiser(), settings.maxGradientNorm(), Optional.of(settings.averaging()));
        this.learningRate = settings.learningRateSchedule(images);
        this.batches =
                new TrainingBatches(all, data.allLabels(), settings.model().process(), settings, seed);
    }

    /** @throws NotFiniteException when loss or gradients are NaN or infinite: restore a checkpoint before going on */
    StepResult step() throws NotFiniteException {
        TrainingBatches.Batch batch = batches.at(trainer.stepsDone());
        long done = trainer.stepsDone();
        return trainer.step(batch.inputs(), batch.loss(), learningRate.at(done), done);
    }

    /** @throws NotFiniteException when a parameter is NaN or infinite */
    void requireFinite() throws NotFiniteException {
        trainer.requireFinite();
    }

    /** Counts divergences, through checkpoints too. */
    DivergenceGuard guard() {
        return trainer.guard();
    }

    /** Steps done, over all restarts. */
    long stepsDone() {
        return trainer.stepsDone();
    }

    long totalSteps() {
        return settings.totalSteps(images);
    }

    boolean finished() {
        return stepsDone() >= totalSteps();
    }

    int epochsDone() {
        return epochs(stepsDone());
    }

    int totalEpochs() {
        return epochs(totalSteps());
    }

    /** In an epoch every image is seen once. */
    private int epochs(long steps) {
        return Math.toIntExact(steps * settings.batchSize() / images);
    }

    /** The network with the weights of now. */
    Network network() {
        return network;
    }

    /** The weights of now, as safetensors. */
    byte[] weights() {
        return network.parameters()
                .toSafetensors(Map.of("precision", network.precision().shortName()));
    }

    /** The moving average of the weights, which samples better, as safetensors. */
    byte[] averagedWeights() {
        return trainer.withAveragedWeights(this::weights);
    }

    void loadWeights(byte[] weights) throws IOException {
        network.parameters().loadSafetensors(weights);
    }

    /** Does something while the network has the averaged weights, and puts the others back. */
    <T, E extends Exception> T withAveragedWeights(Trainer.Work<T, E> work) throws E {
        return trainer.withAveragedWeights(work);
    }

    byte[] checkpoint(Map<String, String> notes) {
        return trainer.checkpoint(notes);
    }

    /** @return the notes that stand in the checkpoint */
    Map<String, String> restore(byte[] checkpoint) throws IOException {
        return trainer.restore(checkpoint);
    }
}
