package io.lensmill.cli.command;

import io.lensmill.cli.demo.Demo;
import io.lensmill.cli.demo.DemoPreset;
import io.lensmill.cli.demo.StageFailure;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.ConsoleLogging;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.StopOnExit;
import io.lensmill.local.TemporaryFolder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill demo}: the whole road on this machine. */
@Command(
        name = "demo",
        description = "Walk the whole road on this machine, in a temporary folder and on free ports: simulate lenses,"
                + " train a classifier and a diffusion model by message, classify real and generated images, report."
                + " Leaves report.json and pictures of the reports, the samples and the losses.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill demo", "  lensmill demo --preset smoke --out /tmp/smoke"})
public final class DemoCommand implements Callable<Integer> {

    /** Lists the presets in --help. */
    static final class Presets implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DemoPreset.NAMES.iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "P",
            defaultValue = "demo",
            completionCandidates = Presets.class,
            description = "How much: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private String preset;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "lensmill-demo",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (!DemoPreset.NAMES.contains(preset)) {
            throw new ParameterException(
                    spec.commandLine(), "--preset must be one of " + DemoPreset.NAMES + "; got '" + preset + "'.");
        }
        Screen screen = Screen.of(spec.commandLine());
        TemporaryFolder folder = TemporaryFolder.create("lensmill-demo-");
        ConsoleLogging.toFile(folder.path().resolve("logs/servers.log"));
        LocalStack stack = new LocalStack(Home.path(), folder.path(), Ports.free());
        if (!walk(screen, stack, folder)) {
            throw new CommandFailure("The accounting does not add up: see the two lines above.");
        }
        return CommandLine.ExitCode.OK;
    }

    private boolean walk(Screen screen, LocalStack stack, TemporaryFolder folder) throws InterruptedException {
        AtomicBoolean keep = new AtomicBoolean();
        try (StopOnExit stop = new StopOnExit(() -> stop(stack, folder, keep.get()))) {
            try {
                return new Demo(DemoPreset.load(preset), stack, folder.path(), screen)
                        .run(out.toAbsolutePath().normalize());
            } catch (StageFailure e) {
                if (stop.begun()) {
                    throw new CommandFailure("Stopped.", e);
                }
                keep.set(true);
                throw new CommandFailure(
                        e.getMessage() + "\nMessages, objects and logs are kept in " + folder.path(), e);
            }
        }
    }

    private static void stop(LocalStack stack, TemporaryFolder folder, boolean keep) {
        stack.close();
        if (!keep) {
            folder.delete();
        }
    }
}
