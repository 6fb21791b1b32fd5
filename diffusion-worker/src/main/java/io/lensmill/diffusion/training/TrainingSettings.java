package io.lensmill.diffusion.training;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.jobs.presets.Presets;
import io.lensmill.jobs.presets.Setting;
import io.lensmill.jobs.presets.Settings;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.Averaging;
import io.lensmill.neural.training.LearningRateSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** All numbers of one training, checked one by one and together. */
public final class TrainingSettings {

    private static final Setting<Integer> IMAGE_SIZE = Setting.integer("imageSize", 8, 512);
    private static final Setting<Preprocessing> PREPROCESSING = Setting.choice(
            "preprocessing",
            Arrays.stream(Preprocessing.values())
                    .filter(Preprocessing::keepsTheImage)
                    .toList(),
            Preprocessing::id);
    private static final Setting<Augmentation> AUGMENTATION = Setting.choice("augmentation", Augmentation.class);
    private static final Setting<Integer> DIM = Setting.integer("dim", 4, 256);
    private static final Setting<List<Integer>> MULTIPLIERS = Setting.integers("multipliers", 1, 16, 1, 6);
    private static final Setting<Integer> HEADS = Setting.integer("attentionHeads", 1, 32);
    private static final Setting<Integer> HEAD_DIM = Setting.integer("attentionHeadDim", 1, 256);
    private static final Setting<ConditioningKind> CONDITIONING =
            Setting.choice("conditioning", ConditioningKind.class);
    private static final Setting<Double> UNCONDITIONAL_SHARE = Setting.decimal("unconditionalShare", 0, 1);
    private static final Setting<Integer> TIMESTEPS = Setting.integer("timesteps", 2, 10_000);
    private static final Setting<ScheduleKind> SCHEDULE = Setting.choice("schedule", ScheduleKind.class);
    private static final Setting<Spacing> TIME_SPACING = Setting.choice("timeSpacing", Spacing.class);
    private static final Setting<Objective> OBJECTIVE = Setting.choice("objective", Objective.class);
    private static final Setting<Double> MIN_SNR_GAMMA = Setting.decimal("minSnrGamma", 0, 100);
    private static final Setting<Integer> BATCH_SIZE = Setting.integer("batchSize", 1, 4096);
    private static final Setting<Integer> STEPS = Setting.integer("steps", 0, 100_000_000);
    private static final Setting<Integer> EPOCHS = Setting.integer("epochs", 0, 1_000_000);
    private static final Setting<Double> LEARNING_RATE = Setting.decimal("learningRate", 1e-9, 1);
    private static final Setting<RateSchedule> LEARNING_RATE_SCHEDULE =
            Setting.choice("learningRateSchedule", RateSchedule.class);
    private static final Setting<Integer> WARM_UP = Setting.integer("warmUpSteps", 0, 1_000_000);
    private static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weightDecay", 0, 1);
    private static final Setting<Double> MAX_GRADIENT_NORM = Setting.decimal("maxGradientNorm", 0, 1e6);
    private static final Setting<Double> EMA_DECAY = Setting.decimal("emaDecay", 0, 0.999999);
    private static final Setting<Integer> EMA_AFTER = Setting.integer("emaAfterSteps", 0, 100_000_000);
    private static final Setting<Integer> EMA_EVERY = Setting.integer("emaEverySteps", 1, 100_000);
    private static final Setting<Integer> SHEET_IMAGES = Setting.integer("sheetImages", 1, 64);
    private static final Setting<Integer> SHEET_STEPS = Setting.integer("sheetSteps", 1, 1000);
    private static final Setting<Integer> SHEET_EVERY = Setting.integer("sheetEverySteps", 0, 100_000_000);
    private static final Setting<Integer> CHECKPOINT_SECONDS = Setting.integer("checkpointSeconds", 0, 86_400);

    private static final List<Setting<?>> ALL = List.of(
            IMAGE_SIZE,
            PREPROCESSING,
            AUGMENTATION,
            DIM,
            MULTIPLIERS,
            HEADS,
            HEAD_DIM,
            CONDITIONING,
            UNCONDITIONAL_SHARE,
            TIMESTEPS,
            SCHEDULE,
            TIME_SPACING,
            OBJECTIVE,
            MIN_SNR_GAMMA,
            BATCH_SIZE,
            STEPS,
            EPOCHS,
            LEARNING_RATE,
            LEARNING_RATE_SCHEDULE,
            WARM_UP,
            WEIGHT_DECAY,
            MAX_GRADIENT_NORM,
            EMA_DECAY,
            EMA_AFTER,
            EMA_EVERY,
            SHEET_IMAGES,
            SHEET_STEPS,
            SHEET_EVERY,
            CHECKPOINT_SECONDS);

    /** The presets of this worker, in the order in which refusals list them. */
    public static final Presets PRESETS =
            new Presets("diffusion", TrainingSettings.class, List.of("seeds", "fast", "demo", "smoke"), ALL);

    private enum ConditioningKind {
        NONE,
        CLASS
    }

    private enum RateSchedule {
        CONSTANT,
        COSINE
    }

    private final Settings settings;

    private TrainingSettings(Settings settings) {
        this.settings = settings;
    }

    /** @throws RefusedException UNKNOWN_PRESET or INVALID_PARAMETER, with what there is and what is allowed */
    public static TrainingSettings of(String preset, Map<String, String> overrides) throws RefusedException {
        TrainingSettings checked = new TrainingSettings(PRESETS.resolve(preset, overrides));
        checked.requireTogether();
        return checked;
    }

    /** The model that a training with these settings makes. */
    public DiffusionModel model() {
        return new DiffusionModel(
                network(), schedule(), timesteps(), timeSpacing(), objective(), imageSize(), preprocessing());
    }

    public int imageSize() {
        return settings.get(IMAGE_SIZE);
    }

    public Preprocessing preprocessing() {
        return settings.get(PREPROCESSING);
    }

    public Augmentation augmentation() {
        return settings.get(AUGMENTATION);
    }

    public UNetConfig network() {
        return new UNetConfig(
                settings.get(DIM),
                settings.get(MULTIPLIERS),
                settings.get(HEADS),
                settings.get(HEAD_DIM),
                classConditioning() ? LensClass.labels().size() : 0);
    }

    /** Whether the network is told each image's class. */
    public boolean classConditioning() {
        return settings.get(CONDITIONING) == ConditioningKind.CLASS;
    }

    /** Share of the images whose class is kept back, so that the network can also be asked without one. */
    public double unconditionalShare() {
        return settings.get(UNCONDITIONAL_SHARE);
    }

    public int timesteps() {
        return settings.get(TIMESTEPS);
    }

    public ScheduleKind schedule() {
        return settings.get(SCHEDULE);
    }

    /** How dense the times lie that images are learnt at. */
    public Spacing timeSpacing() {
        return settings.get(TIME_SPACING);
    }

    public Objective objective() {
        return settings.get(OBJECTIVE);
    }

    /** γ of min-SNR weighting; 0: off. */
    public double minSnrGamma() {
        return settings.get(MIN_SNR_GAMMA);
    }

    public int batchSize() {
        return settings.get(BATCH_SIZE);
    }

    /** Optimiser steps of the whole training, of which an epoch sees every image once. */
    public long totalSteps(int images) {
        int steps = settings.get(STEPS);
        long seen = (long) settings.get(EPOCHS) * images;
        return steps > 0 ? steps : (seen + batchSize() - 1) / batchSize();
    }

    public double learningRate() {
        return settings.get(LEARNING_RATE);
    }

    /**
     * The learning rate by step: as it is, or after a linear rise over warmUpSteps along half a cosine down to 0 at the
     * last step.
     *
     * @param images number of images, of which an epoch sees every one
     */
    public LearningRateSchedule learningRateSchedule(int images) {
        return switch (settings.get(LEARNING_RATE_SCHEDULE)) {
            case CONSTANT -> LearningRateSchedule.constant(learningRate());
            case COSINE -> LearningRateSchedule.warmUpCosine(learningRate(), settings.get(WARM_UP), totalSteps(images));
        };
    }

    public AdamW optimiser() {
        return AdamW.withDecay(settings.get(WEIGHT_DECAY));
    }

    /** Largest global norm of the gradients; 0: not clipped. */
    public double maxGradientNorm() {
        return settings.get(MAX_GRADIENT_NORM);
    }

    public Averaging averaging() {
        return new Averaging(settings.get(EMA_DECAY), settings.get(EMA_AFTER), settings.get(EMA_EVERY));
    }

    /** Whether a contact sheet is made when so many steps are done, beside the one at the end. */
    public boolean sheetAfter(long stepsDone) {
        int every = settings.get(SHEET_EVERY);
        return every > 0 && stepsDone % every == 0;
    }

    /** Images on a contact sheet. */
    public int sheetImages() {
        return settings.get(SHEET_IMAGES);
    }

    /** DDIM steps of the contact sheet. */
    public int sheetSteps() {
        return Math.min(settings.get(SHEET_STEPS), timesteps());
    }

    public int checkpointSeconds() {
        return settings.get(CHECKPOINT_SECONDS);
    }

    /** Every setting in one line; equal settings give equal lines. */
    @Override
    public String toString() {
        return settings.toString();
    }

    private void requireTogether() throws RefusedException {
        if (settings.get(DIM) % 2 != 0) {
            throw invalid("dim must be even; got " + settings.get(DIM));
        }
        int step = network().sizeStep();
        if (imageSize() % step != 0) {
            throw invalid("imageSize must be a multiple of " + step + ", for the "
                    + settings.get(MULTIPLIERS).size() + " levels of multipliers halve it; got " + imageSize());
        }
        if (settings.get(STEPS) == 0 && settings.get(EPOCHS) == 0) {
            throw invalid("steps or epochs must be at least 1; both are 0");
        }
    }

    private static RefusedException invalid(String rule) {
        return new RefusedException(RefusalCode.INVALID_PARAMETER, "overrides." + rule + ".");
    }
}
