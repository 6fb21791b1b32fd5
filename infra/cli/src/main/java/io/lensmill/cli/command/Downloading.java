package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.samples.SampleDownload;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;

/** Downloads with a bar or lines, and says what was written. */
final class Downloading {

    private Downloading() {}

    static void samples(Screen screen, Connection servers, String jobId, Path folder) {
        int files;
        try (Progress progress = screen.progress("downloading", "files", 0)) {
            files = new SampleDownload(servers.openStore()).into(jobId, folder, (done, total) -> {
                progress.total(total);
                progress.at(done, "");
            });
        } catch (IOException e) {
            throw new CommandFailure("The samples could not be downloaded: " + FileFault.of(e), e);
        }
        screen.say("Wrote " + files + " files of job " + jobId + " into " + folder + ".");
    }
}
