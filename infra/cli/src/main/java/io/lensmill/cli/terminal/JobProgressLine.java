package io.lensmill.cli.terminal;

import io.lensmill.contracts.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job's event as progress: steps, epoch, loss, time to the end. */
public final class JobProgressLine {

    private JobProgressLine() {}

    public static void show(JobEvent event, Progress progress) {
        progress.total(event.getTotalSteps());
        progress.at(event.getStep(), note(event));
    }

    /** For example "epoch 3/8  loss 0.412  40 s left"; before the first step the state. */
    static String note(JobEvent event) {
        List<String> parts = new ArrayList<>();
        if (event.getStep() == 0) {
            parts.add(event.getState().name().toLowerCase(Locale.ROOT));
        }
        if (event.getTotalEpochs() > 0) {
            parts.add("epoch " + event.getEpoch() + "/" + event.getTotalEpochs());
        }
        if (event.getLoss() != null) {
            parts.add("loss %.4f".formatted(event.getLoss()));
        }
        if (event.getEtaSeconds() != null && event.getEtaSeconds() >= 1) {
            parts.add("%.0f s left".formatted(event.getEtaSeconds()));
        }
        return String.join("  ", parts);
    }
}
