package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.Models;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill model export}: a model's files, checked, in a local folder. */
@Command(
        name = "export",
        description = {
            "Write a model's files into a folder, after their SHA-256 is checked.",
            "",
            "safetensors: PyTorch's names and layout. deeplearning4j: a zip that",
            "ComputationGraph.load reads. The description, model.json, comes with both."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lensmill model export classifier-20260101-120000-1f3a --out lens-net")
public final class ModelExportCommand implements Callable<Integer> {

    /** Which files are wanted. */
    enum Format {
        SAFETENSORS(".safetensors"),
        DEEPLEARNING4J(".zip"),
        ALL("");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }

        boolean takes(ModelFile file) {
            return file.getName().endsWith(ending) || file.getName().endsWith(".json");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The model; 'lensmill models' lists them.")
    private String modelId;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write; made when missing.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "safetensors",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws IOException {
        Connection servers = connection.resolve();
        ModelPublished model;
        try (Broker broker = Connecting.to(spec.commandLine(), servers.requireKafka(), List.of(Topics.MODELS))) {
            model = Models.find(broker, modelId);
        }
        // All are read and checked before the first is written.
        Map<Path, byte[]> files = new LinkedHashMap<>();
        ModelFiles store = new ModelFiles(servers.openStore());
        for (ModelFile file : model.getFiles()) {
            if (format.takes(file)) {
                files.put(target(file.getName()), store.read(model, file.getName()));
            }
        }
        Files.createDirectories(out);
        Screen screen = Screen.of(spec.commandLine());
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
            screen.say("Wrote %s, %,d bytes.".formatted(file.getKey(), file.getValue().length));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Names come by message from outside: nothing is written beside the folder. */
    private Path target(String name) {
        Path target = out.resolve(name).normalize();
        if (!target.startsWith(out.normalize()) || name.isEmpty() || target.equals(out.normalize())) {
            throw new CommandFailure("The model names a file '" + name + "' that would not lie in " + out + ".");
        }
        if (Files.exists(target) && !force) {
            throw new CommandFailure(target + " exists; --force replaces it.");
        }
        return target;
    }
}
