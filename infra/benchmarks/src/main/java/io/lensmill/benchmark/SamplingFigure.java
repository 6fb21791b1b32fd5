package io.lensmill.benchmark;

import java.util.Locale;

/**
 * One round of the sampling benchmark.
 *
 * @param engine images per second of the network alone, on all threads; one image is one pass
 * @param lanes the same of networks side by side, as the worker has them
 * @param worker images times steps per second of a generation job, from its beginning to its end
 */
public record SamplingFigure(double engine, double lanes, double worker) implements RatioFigure {

    /** The part of the network's speed that sampling keeps. */
    @Override
    public double ratio() {
        return worker / engine;
    }

    @Override
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"sampling\", \"enginePassesPerSecond\": %.1f, \"lanesPassesPerSecond\": %.1f,"
                        + " \"workerPassesPerSecond\": %.1f, \"ratio\": %.3f}",
                engine,
                lanes,
                worker,
                ratio());
    }

    /** Heading of {@link #toRow}. */
    public static String heading() {
        return String.format(
                "%-7s %8s %8s %8s %6s   (images x steps per second)", "round", "engine", "lanes", "worker", "ratio");
    }

    @Override
    public String toRow(String round) {
        return String.format(Locale.ROOT, "%-7s %8.0f %8.0f %8.0f %6.3f", round, engine, lanes, worker, ratio());
    }
}
