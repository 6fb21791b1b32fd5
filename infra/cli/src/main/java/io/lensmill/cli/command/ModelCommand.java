package io.lensmill.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill model}: one published model. */
@Command(
        name = "model",
        description = "Show one published model, or take its files out of the object store.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelShowCommand.class, ModelExportCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill model show classifier-20260101-120000-1f3a",
            "  lensmill model export classifier-20260101-120000-1f3a --out lens-net"
        })
public final class ModelCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: show or export.");
    }
}
