package io.lensmill.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill samples}: generated images. */
@Command(
        name = "samples",
        description = "List the generated images, or take those of a job out of the object store.",
        mixinStandardHelpOptions = true,
        subcommands = {SamplesListCommand.class, SamplesGetCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill samples list", "  lensmill samples get generation-20260101-120000-1f3a --out made"})
public final class SamplesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: list or get.");
    }
}
