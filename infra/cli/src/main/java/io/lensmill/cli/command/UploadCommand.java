package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.terminal.Screen;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill upload}: puts a folder of images into the object store as a dataset. */
@Command(
        name = "upload",
        description = {
            "Put a folder of images into the object store as a dataset to train on.",
            "",
            "The folder holds train/CLASS and val/CLASS, or CLASS folders alone; classes are no, sphere and vort."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lensmill upload lenses --dataset lenses")
public final class UploadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of images.")
    private Path directory;

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "Name of the dataset.")
    private String dataset;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        Checked.name(spec.commandLine(), "--dataset", dataset);
        Uploading.requireFolder(spec.commandLine(), "DIR", directory);
        Uploading.run(screen, connection.resolve(), directory, dataset);
        screen.say("Dataset " + dataset + " is in the object store. Train on it with: lensmill train classifier"
                + " --dataset " + dataset + " --wait");
        return CommandLine.ExitCode.OK;
    }
}
