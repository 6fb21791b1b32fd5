package io.lensmill.diffusion.training;

import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.imaging.FloatImage;
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

/** The training itself: one step after the other, its whole state to bytes and back. Knows nothing of jobs. */
final class DiffusionTraining {

    private final TrainingSettings settings;
    private final Network network;
    private final Trainer trainer;
    private final TrainingBatches batches;
    private final LearningRateSchedule learningRate;

    /**
     * @param network with the weights to begin from
     * @param images squares of the settings' size in [0, 1]
     * @param labels class of each image, -1 for none
     * @param seed of order, augmentation, times and noise
     */
    DiffusionTraining(TrainingSettings settings, Network network, List<FloatImage> images, int[] labels, long seed) {
        this.settings = settings;
        this.network = network;
        this.trainer = new Trainer(
                network, settings.optimiser(), settings.maxGradientNorm(), Optional.of(settings.averaging()));
        this.learningRate = settings.learningRateSchedule(images.size());
        this.batches = new TrainingBatches(images, labels, model(settings).process(), settings, seed);
    }

    /** The model that a training with these settings makes. */
    static DiffusionModel model(TrainingSettings settings) {
        return new DiffusionModel(
                settings.network(),
                settings.schedule(),
                settings.timesteps(),
                settings.timeSpacing(),
                settings.objective(),
                settings.imageSize(),
                settings.preprocessing());
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

    byte[] checkpoint(Map<String, String> notes) {
        return trainer.checkpoint(notes);
    }

    /** @return the notes given when the checkpoint was made */
    Map<String, String> restore(byte[] checkpoint) throws IOException {
        return trainer.restore(checkpoint);
    }

    /** The trained weights, as safetensors. */
    byte[] weights() {
        return network.parameters()
                .toSafetensors(Map.of("precision", network.precision().shortName()));
    }

    /** The moving average of the weights, which samples better, as safetensors. */
    byte[] averagedWeights() {
        return trainer.withAveragedWeights(this::weights);
    }

    /** Does something while the network has the averaged weights, and puts the others back. */
    <T, E extends Exception> T withAveragedWeights(Trainer.Work<T, E> work) throws E {
        return trainer.withAveragedWeights(work);
    }
}
