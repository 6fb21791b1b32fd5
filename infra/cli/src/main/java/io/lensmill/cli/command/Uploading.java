package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.dataset.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A folder of images becomes a dataset in the object store, with a progress bar. */
final class Uploading {

    private Uploading() {}

    /** @throws ParameterException when it is none */
    static void requireFolder(CommandLine commandLine, String option, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(commandLine, option + " must be a folder; got " + directory + ".");
        }
    }

    private static void tellLeftOut(Screen screen, Path directory) {
        try {
            String others = ImageFolder.of(directory).leftOut(false);
            if (!others.isEmpty()) {
                screen.warn("left out: " + others);
            }
        } catch (IOException e) {
            throw new CommandFailure("The folder cannot be read: " + e, e);
        }
    }

    /** @throws CommandFailure when an image cannot be read, or the store does not take it */
    static void run(Screen screen, Connection connection, Path directory, String dataset) {
        DatasetRepository repository = new DatasetRepository(connection.openStore());
        tellLeftOut(screen, directory);
        try (Progress progress = screen.progress("uploading", "files", 0)) {
            repository.upload(directory, dataset, (done, total) -> {
                progress.total(total);
                progress.at(done, "");
            });
        } catch (IOException | DatasetException e) {
            throw new CommandFailure("The dataset could not be uploaded: " + FileFault.of(e), e);
        }
    }
}
