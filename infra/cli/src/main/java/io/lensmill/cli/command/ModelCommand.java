package io.lensmill.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill model}: one published model. */
@Command(
        name = "model",
        description = "Show one published model, take its files out of the object store, or bring one in.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelShowCommand.class, ModelExportCommand.class, ModelImportCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill model show classifier-20260101-120000-1f3a",
            "  lensmill model export classifier-20260101-120000-1f3a --out lens-net",
            "  lensmill model import resnet34.safetensors --preset seeds --dataset lenses"
        })
public final class ModelCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: show, export or import.");
    }
}
