package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
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
            "  lensmill train diffusion --dataset lenses --preset smoke --seed 7 --wait",
            "  lensmill train classifier --dataset lenses --set epochs=20"
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

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "Dataset to train on.")
    private String dataset;

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

    @Option(names = "--job-id", paramLabel = "ID", description = "Id of the job and the model. Default: a fresh one.")
    private String jobId;

    @Option(names = "--wait", description = "Wait for the end; exit code 1 when it is not success.")
    private boolean wait;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = Screen.of(spec.commandLine());
        TrainingRequest request = request();
        try (Broker broker = Broker.connect(connection.resolve().requireKafka(), List.of(task.requests, Topics.JOBS));
                JobWatch watch = JobWatch.open(broker, request.getJobId())) {
            broker.send(task.requests, request.getJobId(), request);
            screen.say("Asked for " + task + " training as job " + request.getJobId() + ".");
            if (wait) {
                Waiting.forJob(screen, watch, "training", "steps");
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private TrainingRequest request() {
        CommandLine commandLine = spec.commandLine();
        String id = jobId == null ? JobIds.fresh(task.toString()) : jobId;
        return TrainingRequest.newBuilder()
                .setJobId(Checked.name(commandLine, "--job-id", id))
                .setDataset(Checked.name(commandLine, "--dataset", dataset))
                .setPreset(Checked.name(commandLine, "--preset", preset))
                .setOverrides(overrides)
                .setSeed(seed)
                .setStartFrom(
                        startFrom == null
                                ? null
                                : startFrom.contains("/")
                                        ? startFrom
                                        : Checked.name(commandLine, "--start-from", startFrom))
                .build();
    }
}
