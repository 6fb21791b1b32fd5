package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.messages.Models;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill train}: sends a training request. */
@Command(
        name = "train",
        description = "Ask a worker to train a model on an uploaded dataset.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill train classifier --dataset lenses --wait",
            "  lensmill train classifier --upload lenses --preset fast --wait",
            "  lensmill train diffusion --dataset lenses --preset smoke --seed 7 --wait",
            "  lensmill train classifier --dataset lenses --set epochs=20",
            "  lensmill train classifier --start-from ID --preset few-labels \\",
            "      --labelled-collection survey/night-1 --wait"
        })
public final class TrainCommand implements Callable<Integer> {

    /** What can be trained. */
    enum Task {
        CLASSIFIER(Topics.CLASSIFIER_TRAINING_REQUESTS),
        DIFFUSION(Topics.DIFFUSION_TRAINING_REQUESTS);

        private final Topic requests;

        Task(Topic requests) {
            this.requests = requests;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What to train: ${COMPLETION-CANDIDATES}.")
    private Task task;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Dataset to train on. Default: that of the model of --start-from, or the name of the folder"
                    + " of --upload.")
    private String dataset;

    @Option(
            names = "--upload",
            paramLabel = "DIR",
            description = "Upload this folder as the dataset first, as 'upload' does.")
    private Path upload;

    @Option(
            names = "--preset",
            paramLabel = "P",
            defaultValue = "demo",
            description =
                    "Named settings; the worker lists them when it knows no such name. Default: ${DEFAULT-VALUE}.")
    private String preset;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting that differs from the preset; may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "K",
            defaultValue = "0",
            description = "Seed of weights, data order and noise. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--start-from",
            paramLabel = "MODEL",
            description =
                    "Model whose weights the training starts from, or object key of a safetensors file (classifier)."
                            + " Default: fresh weights.")
    private String startFrom;

    @Option(
            names = "--labelled-collection",
            paramLabel = "C",
            description = "Learn also the labelled images of this published collection, as few as there are"
                    + " (classifier).")
    private String labelledCollection;

    @Option(
            names = "--labelled-dataset",
            paramLabel = "NAME",
            description = "Learn also the labelled images of this dataset (classifier).")
    private String labelledDataset;

    @Option(
            names = "--adapt-to-collection",
            paramLabel = "C",
            description = "After the training, take the statistics of batch normalisation from the images of this"
                    + " published collection; no label is needed (classifier).")
    private String adaptToCollection;

    @Option(
            names = "--adapt-to-dataset",
            paramLabel = "NAME",
            description = "The same from the images of this dataset (classifier).")
    private String adaptToDataset;

    @Option(names = "--job-id", paramLabel = "ID", description = "Id of the job and the model. Default: a fresh one.")
    private String jobId;

    @Option(names = "--wait", description = "Wait for the end; exit code 1 when it is not success.")
    private boolean wait;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = Screen.of(spec.commandLine());
        check();
        Connection resolved = connection.resolve();
        if (upload != null) {
            Uploading.run(screen, resolved, upload, dataset);
        }
        try (Broker broker = Connecting.to(
                spec.commandLine(),
                resolved.requireKafka(),
                List.of(task.requests, Topics.JOBS, Topics.MODELS, Topics.IMAGES, Topics.LABELS))) {
            TrainingRequest request = request(screen, broker, resolved);
            try (JobWatch watch = JobWatch.open(broker, request.getJobId())) {
                broker.send(task.requests, request.getJobId(), request);
                screen.say("Asked for " + task + " training as job " + request.getJobId() + ".");
                if (wait) {
                    Waiting.forJob(screen, watch, "training", "steps");
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        CommandLine commandLine = spec.commandLine();
        Checked.name(commandLine, "--preset", preset);
        if (jobId != null) {
            Checked.name(commandLine, "--job-id", jobId);
        }
        if (upload != null) {
            Uploading.requireFolder(commandLine, "--upload", upload);
        }
        if (dataset != null) {
            Checked.name(commandLine, "--dataset", dataset);
        } else if (upload != null) {
            dataset = Checked.name(
                    commandLine,
                    "--dataset",
                    String.valueOf(upload.toAbsolutePath().normalize().getFileName()));
        } else if (startFrom == null || startFrom.contains("/")) {
            throw new ParameterException(
                    commandLine,
                    "--dataset is needed, unless --upload names a folder, or --start-from a model with its dataset.");
        }
        if (startFrom != null && !startFrom.contains("/")) {
            Checked.name(commandLine, "--start-from", startFrom);
        }
        requireOneOf("--labelled", labelledCollection, labelledDataset);
        requireOneOf("--adapt-to", adaptToCollection, adaptToDataset);
    }

    private void requireOneOf(String option, String collection, String ofDataset) {
        CommandLine commandLine = spec.commandLine();
        if (collection != null && ofDataset != null) {
            throw new ParameterException(
                    commandLine, "Give " + option + "-collection or " + option + "-dataset, not both.");
        }
        if (task == Task.DIFFUSION && (collection != null || ofDataset != null)) {
            throw new ParameterException(commandLine, option + "-… is for classifiers only.");
        }
        if (collection != null) {
            Checked.collection(commandLine, option + "-collection", collection);
        }
        if (ofDataset != null) {
            Checked.name(commandLine, option + "-dataset", ofDataset);
        }
    }

    private TrainingRequest request(Screen screen, Broker broker, Connection resolved) {
        String id = jobId == null ? JobIds.fresh(task.toString()) : jobId;
        String learned = dataset == null ? Models.find(broker, startFrom).getDataset() : dataset;
        String labelled = labelledDataset;
        if (labelledCollection != null) {
            labelled = id + "-labelled";
            Collecting.into(screen, broker, resolved.openStore(), labelledCollection, labelled, true);
        }
        String adaptTo = adaptToDataset;
        if (adaptToCollection != null) {
            adaptTo = id + "-adapt-to";
            Collecting.into(screen, broker, resolved.openStore(), adaptToCollection, adaptTo, false);
        }
        return TrainingRequest.newBuilder()
                .setJobId(id)
                .setDataset(learned)
                .setPreset(preset)
                .setOverrides(overrides)
                .setSeed(seed)
                .setStartFrom(startFrom)
                .setLabelledDataset(labelled)
                .setAdaptTo(adaptTo)
                .build();
    }
}
