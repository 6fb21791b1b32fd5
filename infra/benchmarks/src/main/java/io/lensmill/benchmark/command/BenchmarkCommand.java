package io.lensmill.benchmark.command;

import io.lensmill.cli.command.AdditionalCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark}: how fast this machine is. */
@Command(
        name = "benchmark",
        description = "Measure the speed of a part of Lensmill on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchmarkEngineCommand.class,
            BenchmarkFitCommand.class,
            BenchmarkMetricsCommand.class,
            BenchmarkMetricsRoadCommand.class,
            BenchmarkRoadCommand.class,
            BenchmarkSamplingCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill benchmark engine",
            "  lensmill benchmark fit",
            "  lensmill benchmark metrics",
            "  lensmill benchmark metrics-road",
            "  lensmill benchmark road",
            "  lensmill benchmark sampling"
        })
public final class BenchmarkCommand implements AdditionalCommand {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        throw new ParameterException(
                commandLine, "Say what to measure: engine, fit, metrics, metrics-road, road or sampling");
    }
}
