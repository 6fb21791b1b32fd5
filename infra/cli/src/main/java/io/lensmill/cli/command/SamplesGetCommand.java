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

/** {@code lensmill samples get}: the images of a generation job, in a local folder. */
@Command(
        name = "get",
        description = {
            "Write all that a generation job has made into a folder: arrays [n,h,w]",
            "(float32 in [0,1]), single images where they were asked for, the contact",
            "sheet and the manifest. Arrays are checked against their SHA-256."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lensmill samples get generation-20260101-120000-1f3a --out made")
public final class SamplesGetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "The generation job; 'lensmill samples list' lists them.")
    private String jobId;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write; made when missing.")
    private Path out;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        Checked.name(spec.commandLine(), "JOB", jobId);
        Downloading.samples(Screen.of(spec.commandLine()), connection.resolve(), jobId, out);
        return CommandLine.ExitCode.OK;
    }
}
