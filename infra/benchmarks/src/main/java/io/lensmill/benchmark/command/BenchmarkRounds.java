package io.lensmill.benchmark.command;

import io.lensmill.benchmark.RatioFigure;
import io.lensmill.cli.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The timed rounds of a benchmark, told one by one, and their median. */
final class BenchmarkRounds {

    private BenchmarkRounds() {}

    /** @param json whether each is told as a JSON object, and not as a row of a table */
    static <F extends RatioFigure> void run(Screen screen, boolean json, int rounds, Callable<F> measure)
            throws Exception {
        List<F> figures = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            F figure = measure.call();
            figures.add(figure);
            screen.say(json ? figure.toJson() : figure.toRow(Integer.toString(round)));
        }
        F median = RatioFigure.median(figures);
        screen.say(json ? median.toJson() : median.toRow("median"));
    }
}
