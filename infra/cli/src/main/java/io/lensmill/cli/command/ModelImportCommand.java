package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.neural.weights.SafetensorsFile;
import io.lensmill.reading.BoundedFile;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

/**
 * {@code lensmill model import}: a classifier that was trained elsewhere. The worker takes it by way of a training of
 * no epochs, so that it is checked, scored on a validation split and published as every other model is.
 */
@Command(
        name = "import",
        description = {
            "Publish a classifier that was trained elsewhere, from a safetensors file",
            "with the names and layout that 'model export' writes: conv1.0.weight, …",
            "A prefix before all names is taken off; names of torchvision's ResNets are",
            "taken. F16, BF16 and F64 become float32.",
            "",
            "The classifier worker checks it against the preset's network and scores it",
            "on the validation split of a dataset, so its figures are known."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill model import resnet34.safetensors --preset seeds --dataset lenses",
            "  lensmill model import narrow.safetensors --preset fast --set width=8 --dataset lenses"
        })
public final class ModelImportCommand implements Callable<Integer> {

    /** As many as the worker reads. */
    private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024 - 16;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The weights, a .safetensors file.")
    private Path file;

    @Option(
            names = "--preset",
            required = true,
            paramLabel = "P",
            description = "Whose network, image size and preprocessing the weights are for.")
    private String preset;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "Dataset on whose validation split the model is scored.")
    private String dataset;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting that differs from the preset, such as blocks, width, imageSize or preprocessing;"
                    + " may be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--model-id", paramLabel = "ID", description = "Id of the model. Default: a fresh one.")
    private String modelId;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = spec.commandLine();
        String id = Checked.name(commandLine, "--model-id", modelId == null ? JobIds.fresh("imported") : modelId);
        ObjectKey key = BucketLayout.importedWeights(id);
        TrainingRequest request = TrainingRequest.newBuilder()
                .setJobId(id)
                .setDataset(Checked.name(commandLine, "--dataset", dataset))
                .setPreset(Checked.name(commandLine, "--preset", preset))
                .setOverrides(withoutTraining())
                .setSeed(0)
                .setStartFrom(key.value())
                .build();
        byte[] weights = weights();
        Connection servers = connection.resolve();
        Screen screen = Screen.of(commandLine);
        try (Broker broker = Connecting.to(
                        spec.commandLine(),
                        servers.requireKafka(),
                        List.of(Topics.CLASSIFIER_TRAINING_REQUESTS, Topics.JOBS));
                JobWatch watch = JobWatch.open(broker, id)) {
            upload(servers, key, weights);
            broker.send(Topics.CLASSIFIER_TRAINING_REQUESTS, id, request);
            screen.say("Asked for the import of " + file + " as model " + id + ".");
            Waiting.forJob(screen, watch, "import", "steps");
        }
        return CommandLine.ExitCode.OK;
    }

    private Map<String, String> withoutTraining() {
        if (overrides.containsKey("epochs")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "An import trains for no epochs. To go on training: lensmill train classifier --start-from MODEL.");
        }
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.put("epochs", "0");
        return all;
    }

    /** Looked at here, so that a wrong file is told at once and not stored. */
    private byte[] weights() {
        try {
            byte[] weights = BoundedFile.read(file, MOST_BYTES);
            SafetensorsFile.open(weights);
            return weights;
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static void upload(Connection servers, ObjectKey key, byte[] weights) {
        try {
            servers.openStore().put(key, weights);
        } catch (IOException e) {
            throw new CommandFailure("The weights could not be uploaded: " + FileFault.of(e), e);
        }
    }
}
