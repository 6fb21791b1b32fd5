package io.lensmill.benchmark.command;

import io.lensmill.benchmark.EngineBenchmark;
import io.lensmill.benchmark.Figure;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.training.NotFiniteException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill benchmark engine}: images per second of the seeds' networks. */
@Command(
        name = "engine",
        description = "Measure training and inference of the seeds' networks: images per second, as a median.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill benchmark engine",
            "  lensmill benchmark engine --precision f32 --json",
            "  lensmill benchmark engine --only resnet34-train-64 --memory-steps 1000"
        })
public final class BenchmarkEngineCommand implements Callable<Integer> {

    /** Lists the figures in --help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(EngineBenchmark.values())
                    .map(EngineBenchmark::id)
                    .iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<String> only = List.of();

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "auto",
            description = "f32, bf16 or auto: what the workers would choose here. Default: ${DEFAULT-VALUE}.")
    private String precision;

    @Option(
            names = "--executor",
            paramLabel = "E",
            defaultValue = "auto",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private EngineSettings.Executor executor;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "8",
            description = "Timed steps of each figure, at least 1. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--memory-steps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Further steps after the timing, through which the resident memory is watched."
                    + " Default: ${DEFAULT-VALUE}.")
    private int memorySteps;

    @Option(names = "--json", description = "Print a JSON object per line.")
    private boolean json;

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        EngineSettings settings = settings();
        List<EngineBenchmark> chosen = chosen();
        if (!json) {
            screen.say(Figure.heading());
        }
        String executorText = "";
        for (EngineBenchmark benchmark : chosen) {
            Figure figure = measure(screen, benchmark, settings);
            screen.say(json ? figure.toJson() : figure.toRow());
            executorText = figure.executor();
        }
        if (!json) {
            screen.say("on " + executorText.replaceAll(", \\d+ parameters$", ""));
        }
        return CommandLine.ExitCode.OK;
    }

    private Figure measure(Screen screen, EngineBenchmark benchmark, EngineSettings settings) {
        try (Progress progress = screen.progress(benchmark.id(), "steps", (long) steps + memorySteps)) {
            return benchmark.measure(settings, steps, memorySteps, step -> progress.at(step, ""));
        } catch (NotFiniteException | IllegalStateException e) {
            throw new CommandFailure(benchmark.id() + ": " + e.getMessage(), e);
        }
    }

    private EngineSettings settings() {
        require(steps > 0, "--steps must be at least 1; got " + steps);
        require(memorySteps >= 0, "--memory-steps must be at least 0; got " + memorySteps);
        try {
            return new EngineSettings(executor, EngineSettings.precision(precision));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--precision must be auto, f32 or bf16; got '" + precision + "'", e);
        }
    }

    private List<EngineBenchmark> chosen() {
        for (String name : only) {
            require(
                    Arrays.stream(EngineBenchmark.values()).anyMatch(b -> b.id().equals(name)),
                    "--only must name some of " + String.join(", ", new Names()) + "; got '" + name + "'");
        }
        return Arrays.stream(EngineBenchmark.values())
                .filter(b -> only.isEmpty() || only.contains(b.id()))
                .toList();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
