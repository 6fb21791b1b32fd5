package io.lensmill.cli.command;

import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.JobProgressLine;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Printable;
import java.util.TreeMap;

/** Waits for a job with a bar or lines, and says how it ended. */
final class Waiting {

    private Waiting() {}

    /** @throws CommandFailure when the job ended in any other way than SUCCEEDED */
    static void forJob(Screen screen, JobWatch watch, String title, String unit) throws InterruptedException {
        JobEvent end;
        try (Progress progress = screen.progress(title, unit, 0)) {
            end = watch.awaitEnd(event -> JobProgressLine.show(event, progress), () -> {});
        }
        if (end.getState() != JobState.SUCCEEDED) {
            throw new CommandFailure(
                    "Job " + end.getJobId() + " ended as " + end.getState() + ": " + Printable.line(end.getMessage()));
        }
        screen.say("Job " + end.getJobId() + " succeeded. " + Printable.line(end.getMessage()));
        new TreeMap<>(end.getMetrics())
                .forEach((name, value) -> screen.say("  %-24s %.4g".formatted(Printable.line(name), value)));
        new TreeMap<>(end.getResults())
                .forEach((name, value) ->
                        screen.say("  %-24s %s".formatted(Printable.line(name), Printable.line(value))));
    }
}
