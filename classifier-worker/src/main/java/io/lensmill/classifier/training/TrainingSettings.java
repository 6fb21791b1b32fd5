package io.lensmill.classifier.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.jobs.presets.Presets;
import io.lensmill.jobs.presets.Setting;
import io.lensmill.jobs.presets.Settings;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.LearningRateSchedule;
import io.lensmill.neural.training.Optimiser;
import io.lensmill.neural.training.Sgd;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole recipe of a training: a preset with the request's overrides, checked, and what the parts are made of. */
public final class TrainingSettings {

    private static final Setting<List<Integer>> BLOCKS = Setting.integers("blocks", 1, 64, 1, 4);
    private static final Setting<Integer> WIDTH = Setting.integer("width", 2, 256);
    private static final Setting<Boolean> BOTTLENECK = Setting.flag("bottleneck");
    private static final Setting<Boolean> STEM_POOLING = Setting.flag("stemPooling");
    private static final Setting<Double> DROPOUT = Setting.decimal("dropout", 0, 0.9);
    private static final Setting<Integer> IMAGE_SIZE = Setting.integer("imageSize", 16, 512);
    private static final Setting<Preprocessing> PREPROCESSING =
            Setting.choice("preprocessing", List.of(Preprocessing.values()), Preprocessing::id);
    private static final Setting<Augmentation> AUGMENTATION = Setting.choice("augmentation", Augmentation.class);
    private static final Setting<OptimiserKind> OPTIMISER = Setting.choice("optimiser", OptimiserKind.class);
    private static final Setting<Double> MOMENTUM = Setting.decimal("momentum", 0, 0.999);
    private static final Setting<Boolean> NESTEROV = Setting.flag("nesterov");
    private static final Setting<Double> WEIGHT_DECAY = Setting.decimal("weightDecay", 0, 1);
    private static final Setting<RateSchedule> SCHEDULE = Setting.choice("schedule", RateSchedule.class);
    private static final Setting<Double> LEARNING_RATE = Setting.decimal("learningRate", 1e-8, 10);
    private static final Setting<Double> MAX_GRADIENT_NORM = Setting.decimal("maxGradientNorm", 0, 1e6);
    private static final Setting<Double> LABEL_SMOOTHING = Setting.decimal("labelSmoothing", 0, 0.5);
    private static final Setting<Integer> BATCH_SIZE = Setting.integer("batchSize", 2, 1024);
    private static final Setting<Double> LABELLED_SHARE = Setting.decimal("labelledShare", 0, 0.9);
    private static final Setting<Integer> EPOCHS = Setting.integer("epochs", 0, 10_000);
    private static final Setting<Integer> EARLY_STOPPING_EPOCHS = Setting.integer("earlyStoppingEpochs", 0, 10_000);
    private static final Setting<Integer> CHECKPOINT_SECONDS = Setting.integer("checkpointSeconds", 1, 86_400);

    private static final List<Setting<?>> ALL = List.of(
            BLOCKS,
            WIDTH,
            BOTTLENECK,
            STEM_POOLING,
            DROPOUT,
            IMAGE_SIZE,
            PREPROCESSING,
            AUGMENTATION,
            OPTIMISER,
            MOMENTUM,
            NESTEROV,
            WEIGHT_DECAY,
            SCHEDULE,
            LEARNING_RATE,
            MAX_GRADIENT_NORM,
            LABEL_SMOOTHING,
            BATCH_SIZE,
            LABELLED_SHARE,
            EPOCHS,
            EARLY_STOPPING_EPOCHS,
            CHECKPOINT_SECONDS);

    /**
     * {@code seeds}: the numbers of the student project; {@code fast}: ours; {@code demo}, {@code smoke}: minutes;
     * {@code few-labels}: goes on from a published model.
     */
    private static final Presets PRESETS = new Presets(
            "classifier", TrainingSettings.class, List.of("seeds", "fast", "demo", "smoke", "few-labels"), ALL);

    /** AdamW's usual constants (Loshchilov and Hutter 2019, section 4); no recipe here has needed others. */
    private static final double ADAM_BETA_1 = 0.9;

    private static final double ADAM_BETA_2 = 0.999;
    private static final double ADAM_EPSILON = 1e-8;

    private enum Augmentation {
        NONE,
        DIHEDRAL
    }

    private enum OptimiserKind {
        SGD,
        ADAMW
    }

    private enum RateSchedule {
        CONSTANT,
        ONE_CYCLE
    }

    private final Settings settings;

    private TrainingSettings(Settings settings) {
        this.settings = settings;
    }

    /** @throws RefusedException UNKNOWN_PRESET or INVALID_PARAMETER; the message lists what there is */
    public static TrainingSettings of(String preset, Map<String, String> overrides) throws RefusedException {
        return new TrainingSettings(PRESETS.resolve(preset, overrides));
    }

    /** What a published classifier is and sees, as overrides: a training that goes on from it needs the same. */
    static Map<String, String> ofModel(ModelPublished model) {
        ResNetConfig network = ResNetConfig.fromJson(model.getNetwork());
        return Map.of(
                BLOCKS.name(),
                network.blocks().stream().map(String::valueOf).collect(Collectors.joining(",")),
                WIDTH.name(),
                String.valueOf(network.width()),
                BOTTLENECK.name(),
                String.valueOf(network.bottleneck()),
                STEM_POOLING.name(),
                String.valueOf(network.stemPooling()),
                IMAGE_SIZE.name(),
                String.valueOf(model.getInputSize()),
                PREPROCESSING.name(),
                model.getPreprocessing());
    }

    /** Names of the presets. */
    public static List<String> presets() {
        return PRESETS.names();
    }

    /** Every setting by name. */
    public Map<String, String> asText() {
        return settings.asText();
    }

    /** Every setting in one line; equal settings give equal lines. */
    @Override
    public String toString() {
        return settings.toString();
    }

    /**
     * What the weights depend on, in one line.
     *
     * @param labelled whether there are further labelled images; without them their share means nothing
     */
    String recipe(boolean labelled) {
        String text = settings.toString();
        return labelled
                ? text
                : text.replace(" " + LABELLED_SHARE.name() + "=" + asText().get(LABELLED_SHARE.name()), "");
    }

    public ResNetConfig network(int classes) {
        return new ResNetConfig(
                settings.get(BLOCKS),
                settings.get(WIDTH),
                settings.get(BOTTLENECK),
                settings.get(STEM_POOLING),
                settings.get(DROPOUT),
                classes);
    }

    public Optimiser optimiser() {
        double decay = settings.get(WEIGHT_DECAY);
        return switch (settings.get(OPTIMISER)) {
            case SGD -> new Sgd(settings.get(MOMENTUM), settings.get(NESTEROV), decay);
            case ADAMW -> new AdamW(ADAM_BETA_1, ADAM_BETA_2, ADAM_EPSILON, decay);
        };
    }

    public LearningRateSchedule schedule(long totalSteps) {
        double rate = settings.get(LEARNING_RATE);
        return switch (settings.get(SCHEDULE)) {
            case CONSTANT -> LearningRateSchedule.constant(rate);
            case ONE_CYCLE -> LearningRateSchedule.oneCycle(rate, totalSteps);
        };
    }

    /** Edge of the square input image in pixels. */
    public int imageSize() {
        return settings.get(IMAGE_SIZE);
    }

    public Preprocessing preprocessing() {
        return settings.get(PREPROCESSING);
    }

    /** Whether each image is shown in one of its eight flips and quarter turns, drawn anew in every epoch. */
    public boolean dihedral() {
        return settings.get(AUGMENTATION) == Augmentation.DIHEDRAL;
    }

    /** Largest norm of all gradients together; 0: not limited. */
    public double maxGradientNorm() {
        return settings.get(MAX_GRADIENT_NORM);
    }

    public double labelSmoothing() {
        return settings.get(LABEL_SMOOTHING);
    }

    public int batchSize() {
        return settings.get(BATCH_SIZE);
    }

    /** Share of each batch that a request's labelledDataset takes, 0 to 0.9. */
    public double labelledShare() {
        return settings.get(LABELLED_SHARE);
    }

    /** 0: no training, the weights to start from are published. */
    public int epochs() {
        return settings.get(EPOCHS);
    }

    /** The training ends when so many epochs in a row brought no better validation figures; 0: never. */
    public int earlyStoppingEpochs() {
        return settings.get(EARLY_STOPPING_EPOCHS);
    }

    public int checkpointSeconds() {
        return settings.get(CHECKPOINT_SECONDS);
    }
}
