package io.lensmill.cli.command;

import io.lensmill.cli.connection.ConnectionFile;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.ConsoleLogging;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.local.DataDirectory;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.Restarts;
import io.lensmill.local.StartFailure;
import io.lensmill.local.StopOnExit;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill up}: everything on this machine, until Ctrl-C. */
@Command(
        name = "up",
        description = "Start a Kafka broker, an S3 object store and the three workers on this machine, until Ctrl-C."
                + " The other commands find them by themselves.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lensmill up", "  lensmill up --data /var/tmp/lensmill --free-ports"})
public final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "lensmill-data",
            description = "Folder for messages, objects and logs; an earlier one is gone on with. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--free-ports",
            description = "Take any free ports. Default: Kafka 9092, object store 9000, workers 8081 to 8083.")
    private boolean freePorts;

    @Override
    public Integer call() throws Exception {
        Screen screen = Screen.of(spec.commandLine());
        try (DataDirectory directory = DataDirectory.open(data)) {
            ConsoleLogging.toFile(directory.path().resolve("logs/servers.log"));
            run(screen, directory.path());
        } catch (StartFailure e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private void run(Screen screen, Path directory) throws Exception {
        LocalStack stack = new LocalStack(Home.path(), directory, freePorts ? Ports.free() : Ports.usual());
        ConnectionFile connectionFile = ConnectionFile.ofThisUser();
        try (StopOnExit stop = new StopOnExit(() -> stop(screen, stack, connectionFile, directory))) {
            screen.say("Starting; data and logs go to " + directory);
            try {
                stack.start(line -> screen.say("  " + line));
                connectionFile.write(directory, stack.bootstrapServers(), stack.store());
                new Restarts(stack, screen::warn).begin();
                screen.say(UpScreen.text(stack, directory));
                new CountDownLatch(1).await();
            } catch (StartFailure e) {
                if (!stop.begun()) {
                    throw e;
                }
            }
        }
    }

    private static void stop(Screen screen, LocalStack stack, ConnectionFile connectionFile, Path directory) {
        screen.say("Stopping: workers first, then the servers.");
        connectionFile.remove(directory);
        stack.close();
        screen.say("Stopped. The data are in " + directory + " for the next time.");
    }
}
