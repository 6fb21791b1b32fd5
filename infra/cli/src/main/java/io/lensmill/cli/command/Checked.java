package io.lensmill.cli.command;

import io.lensmill.contracts.ClassNames;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Checks of command-line values before anything is started or sent; a bad value is a usage error (exit code 2). */
public final class Checked {

    private Checked() {}

    static String name(CommandLine commandLine, String option, String value) {
        return check(commandLine, () -> Names.requireId(option, value));
    }

    static String collection(CommandLine commandLine, String option, String value) {
        return check(commandLine, () -> Names.requireCollection(option, value));
    }

    /** @throws ParameterException when the value is no name of a class */
    static void className(CommandLine commandLine, String option, String value) {
        if (ClassNames.written(value).isEmpty()) {
            throw new ParameterException(
                    commandLine,
                    option + " must be a class or an alias of one: " + ClassNames.listed() + "; got "
                            + Printable.quoted(value) + ".");
        }
    }

    /** @throws ParameterException when the value lies outside of lowest to highest, both allowed */
    public static int range(CommandLine commandLine, String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    commandLine, option + " must be " + lowest + " to " + highest + "; got " + value + ".");
        }
        return value;
    }

    static double share(CommandLine commandLine, String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new ParameterException(commandLine, option + " must be 0 to 1; got " + value + ".");
        }
        return value;
    }

    private static String check(CommandLine commandLine, Check check) {
        try {
            return check.run();
        } catch (RefusedException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
    }

    private interface Check {
        String run() throws RefusedException;
    }
}
