package io.lensmill.cli;

import io.lensmill.cli.command.Commands;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.ConsoleLogging;
import io.lensmill.cli.terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code lensmill} command: how its subcommands' ends become exit codes. */
@Command(
        name = "lensmill",
        description = "Message-driven batch workers for strong-gravitational-lensing images.",
        mixinStandardHelpOptions = true,
        versionProvider = Lensmill.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything asked for was done",
            "1:a job failed, an input was refused, or a server did not answer",
            "2:the command line was not understood"
        },
        footerHeading = "%nBegin with:%n",
        footer = {
            "  lensmill demo            the whole road on this machine, pictures at the end",
            "  lensmill up              broker, object store and workers, until Ctrl-C",
            "  lensmill COMMAND --help  options, defaults and examples of one command"
        })
public final class Lensmill implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        ConsoleLogging.quiet();
        System.exit(commandLine().execute(arguments));
    }

    /** The parser with all subcommands and error handling, as {@link #main} uses it. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Lensmill());
        Commands.addTo(commandLine);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(80)
                .setUsageHelpLongOptionsMaxWidth(26)
                .setExecutionExceptionHandler(Lensmill::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    private static int explain(Exception failure, CommandLine commandLine, ParseResult parsed) {
        Screen screen = Screen.of(commandLine);
        if (failure instanceof CommandFailure) {
            screen.warn("lensmill: " + failure.getMessage());
        } else {
            screen.warn("lensmill: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
            if (!ConsoleLogging.debug()) {
                screen.warn("(LENSMILL_DEBUG=1 shows where.)");
            }
        }
        if (ConsoleLogging.debug()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            screen.warn(trace.toString());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Version of the build, read from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Lensmill.class.getPackage().getImplementationVersion();
            return new String[] {
                "lensmill " + (version == null ? "(not packaged)" : version),
                "Java " + System.getProperty("java.version")
            };
        }
    }
}
